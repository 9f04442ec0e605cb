const repeat = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length);

const combining = `combining e${'\u0301'.repeat(10_000)}`;

/**
 * Names that do something to who shows them. AWS allows some of them in tags and descriptions; the others come from a
 * broken or malicious peer. https://cwe.mitre.org/data/definitions/150.html, https://trojansource.codes
 */
export const hostileStrings: readonly [string, ...string[]] = [
	'\u001b[31mred\u001b[2J\u001b[Hgone',
	'\u001b]0;owned\u0007title',
	'\u001b]52;c;cm0gLXJmIH4=\u0007clipboard',
	'\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\',
	'\u001bP+q544e\u001b\\dcs',
	'\u001b_apc\u001b\\ \u001b^pm\u001b\\ \u001bXsos\u001b\\',
	'\u009b31mc1-csi\u009d0;c1-osc\u009c',
	'\u001b[6n\u001b[c\u001b[?1049h',
	'\u001b[?1003h\u001b[?2004l mouse',
	'\u0000\u0001\u0007\u0008\u007f bell',
	'admin\u202egnp.exe\u202c',
	'\u2066\u2067isolate\u2069\u2069',
	'pay\u200bpal\u200d\ufeff\u2060',
	`tags\u{e0001}\u{e0068}\u{e0069}\u{e007f}`,
	'p\u0430ypal', // a Cyrillic letter among Latin ones
	'line one\nline two\r\nline three\rover',
	'\u2028separator\u2029',
	'#(touch /tmp/vedette-canary) #{pane_id} #[fg=red]',
	'$(touch /tmp/vedette-canary) `id` ; rm -rf / | cat && true',
	'--output=/etc/passwd',
	'=HYPERLINK("https://evil.example","ok")',
	'+1+1|calc',
	'@SUM(A1)',
	'\t=1+1',
	'<script>alert(1)</script><img src=x onerror=alert(1)>',
	']]><!ENTITY x SYSTEM "file:///etc/passwd">&x;',
	'[link](javascript:alert(1)) | table | `code`',
	'"},"injected":{"a":"',
	'{"__proto__":{"polluted":true}}',
	'__proto__',
	'constructor',
	'../../../../etc/passwd',
	'%s%n%d {0} $HOME {{constructor}}',
	`zalgo ${'Z\u0335\u0321\u031b\u034e\u0324\u0349a\u0336\u0300\u0341\u0350l\u0337\u0322g\u0334\u0315o\u0338'.repeat(8)}`,
	combining,
	'👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇪🇺 emoji',
	'ｆｕｌｌｗｉｄｔｈ 漢字 한글',
	'\ud800 lone \udc00 surrogates',
	repeat('a very long name ', 8192),
	' leading and trailing ',
	'',
	'\u3164\u115f\u00a0\u2800',
];

/** A megabyte of text with an escape sequence at its end. */
export const hostileMegabyte = `${repeat('1 MB ', 1024 * 1024)}\u001b[31m`;

/** The string at an index, going round. */
export const hostileAt = (index: number): string => hostileStrings[index % hostileStrings.length] ?? hostileStrings[0];
