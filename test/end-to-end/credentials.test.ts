import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, test} from 'vitest';
import {answered, noCredentials, setStage} from './stage.js';

const kmsOnly = 'services: [kms]\n';

test('without credentials all say so, with the way out, and go on within seconds of the login, without a restart', {
	timeout: 60_000,
}, async () => {
	const stage = await setStage({env: noCredentials, configuration: kmsOnly});
	stage.daemon();
	const viewer = stage.viewer();
	await viewer.until('the problem', () => viewer.problem('credentials') !== undefined);
	expect(viewer.problem('credentials')).toMatchObject({severity: 'error', fix: 'aws configure sso'});
	const status = await stage.run('status');
	expect([status.code, status.stdout]).toEqual([3, expect.stringContaining('log in')]);
	const plain = await stage.run('watch', '--plain');
	expect([plain.code, plain.stdout]).toEqual([3, expect.stringContaining('aws configure sso')]);
	const panel = await stage.run('panel', 'kms', '--plain');
	expect([panel.code, panel.stdout]).toEqual([3, expect.stringContaining('log in: aws configure sso')]);
	const doctor = await stage.run('doctor');
	expect([doctor.code, doctor.stdout]).toEqual([3, expect.stringMatching(/problem {2}credentials .*\n *→ aws configure sso/u)]);

	const loggedInAt = performance.now();
	await stage.logIn('AKIAFIRSTFIRSTFIRST1');
	await viewer.until('the keys', () => answered(viewer, 'kms'));
	expect(performance.now() - loggedInAt).toBeLessThan(15_000);
	await viewer.until('no problem', () => viewer.problem('credentials') === undefined);
	expect((await stage.run('status')).code).toBe(0);
});

test('credentials that expire leave what was known, with its age, and are taken up again after the login', {timeout: 90_000}, async () => {
	const stage = await setStage({
		env: noCredentials,
		configuration: 'services: [kms, acm]\nintervals:\n  kms: {full: 10s}\n  acm: {full: 10s}\n',
	});
	await stage.logIn('AKIAFIRSTFIRSTFIRST1');
	stage.daemon();
	const viewer = stage.viewer();
	await viewer.until('keys and certificates', () => answered(viewer, 'kms') && answered(viewer, 'acm'));
	const keys = viewer.panel('kms')?.total;
	const failures = viewer.latest()?.counts;
	stage.endpoint.faults.add({effect: {kind: 'expired-credentials'}});
	await viewer.until('the problem', () => viewer.problem('credentials') !== undefined, 30_000);
	expect(viewer.problem('credentials')?.text).toMatch(/expired/iu);
	await viewer.until('both unauthenticated', () => ['kms', 'acm'].every(id => viewer.outcomes(id)[0] === 'unauthenticated'), 30_000);
	expect(viewer.panel('kms')?.total).toBe(keys);
	expect(viewer.latest()?.counts).toEqual(failures);
	const status = await stage.run('status');
	expect([status.code, status.stdout]).toEqual([3, expect.stringContaining('log in')]);

	const loggedInAt = performance.now();
	await stage.logIn('AKIASECONDSECONDSEC2');
	await viewer.until('fresh', () => answered(viewer, 'kms') && answered(viewer, 'acm') && viewer.problem('credentials') === undefined);
	expect(performance.now() - loggedInAt).toBeLessThan(15_000);
	expect(viewer.panel('kms')?.total).toBe(keys);
});

test('an SSO session that has ended is told with the command that renews it', {timeout: 30_000}, async () => {
	const stage = await setStage({env: {...noCredentials, AWS_PROFILE: 'prod'}, configuration: kmsOnly});
	await mkdir(path.join(stage.home, '.aws'), {recursive: true});
	await writeFile(
		path.join(stage.home, '.aws/config'),
		`[profile prod]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Audit
region = us-east-1
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access
`,
	);
	stage.daemon();
	const viewer = stage.viewer();
	await viewer.until('the problem', () => viewer.problem('credentials') !== undefined);
	expect(viewer.problem('credentials')).toMatchObject({severity: 'error', fix: 'aws sso login --profile prod'});
	const doctor = await stage.run('doctor');
	expect([doctor.code, doctor.stdout]).toEqual([3, expect.stringContaining('→ aws sso login --profile prod')]);
	expect((await stage.run('status')).code).toBe(3);
});

test('on a first run without credentials the screen says within two seconds what was looked for and what helps, and q leaves it clean', {
	timeout: 30_000,
}, async () => {
	const stage = await setStage({env: noCredentials});
	const startedAt = performance.now();
	const terminal = stage.terminal([]);
	await terminal.shows('No credentials');
	// Two seconds on a quiet machine, which a machine that runs all tests is not.
	expect(performance.now() - startedAt).toBeLessThan(5000);
	expect(terminal.screen()).toContain('aws configure sso');
	expect(terminal.screen()).toContain('vedette demo');
	terminal.press('q');
	await terminal.ends();
	expect(terminal.exit?.exitCode).toBe(0);
	expect(terminal.buffer).toBe('normal');
	expect(terminal.output.lastIndexOf('\u001B[?25h')).toBeGreaterThan(terminal.output.lastIndexOf('\u001B[?25l'));
});
