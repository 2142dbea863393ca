import { describe, expect, it } from 'vitest';
import { openChannel } from '../../../db/streams/notice-channels.ts';
import type { OutgoingNotice } from '../../../model/streams/notice.ts';
import type { ChannelTarget } from '../../../model/streams/notice-channel.ts';
import { apiUnderTest } from '../api-under-test.ts';

const path = '/v1/notice-channels';
const sent: { target: ChannelTarget; notice: OutgoingNotice }[] = [];
let refusal: string | null = null;
const api = await apiUnderTest({
  sendNotice: (target, notice) => {
    if (refusal !== null) return Promise.reject(new Error(refusal));
    sent.push({ target, notice });
    return Promise.resolve();
  },
});
const hook = 'https://hooks.slack.example/services/T0/B0/the-secret-path';
const add = (body: object, token?: string) => api.call('POST', path, body, token);

describe('a channel of notices', () => {
  it('is stored sealed, and shown without what is secret', async () => {
    const added = await add({ name: 'ops', kind: 'slack', url: hook, default: true });
    expect([added.status, added.body]).toMatchObject([
      201,
      { name: 'ops', kind: 'slack', leadsTo: 'https://hooks.slack.example', default: true },
    ]);
    expect(added.body.secret).toBeNull();
    const { body, text } = await api.call('GET', path);
    expect(body.items).toHaveLength(1);
    const limited = await api.token({ role: 'operator', projects: ['p'], spaces: [] });
    const seen = await api.call('GET', path, undefined, limited);
    expect(seen.body.items).toMatchObject([{ name: 'ops', leadsTo: null }]);
    const rows = await api.db.selectFrom('noticeChannels').selectAll().execute();
    const audit = await api.call('GET', '/v1/audit?action=notice-channel.');
    expect(audit.body.items[0]).toMatchObject({ action: 'notice-channel.add' });
    expect(Buffer.concat(rows.map(({ target }) => target)).includes('the-secret-path')).toBe(false);
    expect(added.text + text + audit.text + api.log()).not.toContain('the-secret-path');
    const opened = await openChannel(api.db, api.sealer, String(added.body.id));
    expect(opened).toEqual({ name: 'ops', target: { kind: 'slack', url: hook } });
    expect((await add({ name: 'ops', kind: 'slack', url: hook })).body.code).toBe('channel_exists');
  });

  it("of a program of one's own has a secret, made here or given, that is shown once at most", async () => {
    const made = await add({ name: 'program', kind: 'webhook', url: hook });
    expect(made.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const given = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
    const stored = await add({ name: 'other', kind: 'webhook', url: hook, secret: given });
    expect([stored.status, stored.body.secret]).toEqual([201, null]);
    const list = await api.call('GET', path);
    expect(list.text + api.log()).not.toContain(made.body.secret);
    const opened = await openChannel(api.db, api.sealer, String(made.body.id));
    expect(opened?.target).toMatchObject({ secret: made.body.secret });
  });

  it.each([
    [{ kind: 'slack' }, '/url'],
    [{ kind: 'email' }, '/email'],
    [{ kind: 'email', email: 'ops@example.com', url: hook }, '/url'],
    [{ kind: 'teams', url: hook, secret: `whsec_${'A'.repeat(32)}` }, '/secret'],
    [{ kind: 'webhook', url: hook, email: 'ops@example.com' }, '/email'],
    [{ kind: 'webhook', url: 'https://private.example/x' }, '/url'],
  ])('is not stored if something is missing or does not belong: %j', async (body, pointer) => {
    const refused = await add({ name: 'wrong', ...body });
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('is changed in parts', async () => {
    const { body } = await add({ name: 'mails', kind: 'email', email: 'a@example.com' });
    const change = (asked: object) => api.call('PATCH', `${path}/${body.id}`, asked);
    const changed = await change({ email: 'b@example.com' });
    expect(changed.body).toMatchObject({ leadsTo: 'b@example.com', default: false });
    expect((await change({ default: true })).body).toMatchObject({
      ...{ leadsTo: 'b@example.com', default: true },
    });
    expect((await change({ url: hook })).status).toBe(422);
  });

  it('is tried now, and the answer says why it does not work', async () => {
    const { body } = await add({ name: 'tried', kind: 'slack', url: hook });
    const tried = () => api.call('POST', `${path}/${body.id}/actions/test`);
    expect((await tried()).body).toEqual({ sent: true, reason: null });
    expect(sent.at(-1)).toMatchObject({ target: { url: hook }, notice: { kind: 'test' } });
    refusal = 'hooks.slack.example does not take the message (404)';
    expect((await tried()).body).toEqual({ sent: false, reason: refusal });
    refusal = null;
  });

  it('is removed with what still waits for it, unless a mirror or a space names it', async () => {
    const { body } = await add({ name: 'named', kind: 'slack', url: hook });
    const remove = () => api.call('DELETE', `${path}/${body.id}`);
    await api.call('POST', '/v1/projects', { id: 'p', name: 'P', source: { kind: 'sample' } });
    api.source.projectId = 'p';
    const mirror = {
      repository: { url: 'https://git.example/p.git', branch: 'main' },
      notify: { channels: [body.id] },
    };
    const put = (settings: object) => api.call('PUT', '/v1/projects/p/mirrors/default', settings);
    const enabled = await put(mirror);
    expect([enabled.status, enabled.body.notify]).toEqual([
      201,
      { emails: [], channels: [body.id] },
    ]);
    const refused = await remove();
    expect([refused.status, refused.body.code]).toEqual([409, 'channel_in_use']);
    expect(refused.body.detail).toContain('mirror/p/1');
    await put({ ...mirror, notify: {} });
    expect((await remove()).status).toBe(204);
    expect((await remove()).body.code).toBe('channel_not_found');
    const unknown = await put({ ...mirror, notify: { channels: [body.id] } });
    expect([unknown.status, unknown.body.errors[0].pointer]).toEqual([422, '/notify/channels/0']);
  });
});
