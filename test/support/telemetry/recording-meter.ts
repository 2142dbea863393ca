import type {
  ActivityMeter,
  ApiMeter,
  MeteredDelivery,
  MeteredRetry,
} from '../../../model/telemetry/meter.ts';

/** What was counted, in order. */
export class RecordingMeter implements ActivityMeter, ApiMeter {
  readonly deliveries: MeteredDelivery[] = [];
  readonly saves: number[] = [];
  readonly retries: MeteredRetry[] = [];
  rotations = 0;

  delivered(delivery: MeteredDelivery): void {
    this.deliveries.push(delivery);
  }

  saved(seconds: readonly number[]): void {
    this.saves.push(...seconds);
  }

  retried(retry: MeteredRetry): void {
    this.retries.push(retry);
  }

  credentialRotated(): void {
    this.rotations += 1;
  }
}
