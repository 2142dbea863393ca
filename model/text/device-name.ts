/** Names that Windows keeps for devices, with any extension (Win32, "Naming Files, Paths, and Namespaces"). */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

/** Whether Windows takes a file's or folder's name for a device, so that no clone there can have it. */
export function isDeviceName(name: string): boolean {
  return device.test(name);
}
