package ingest

import (
	"strings"
	"testing"
)

// Records that somebody made to break a reader: each is counted once, as what
// it is, and the denials around it are found.
func TestHostileRecords(t *testing.T) {
	long := strings.Repeat("9", 1<<20)
	for name, record := range map[string]string{
		"a huge number":              `{"eventName":1e999999,"x":-1E+400}`,
		"a number of a million":      `{"x":` + long + `.` + long + `}`,
		"invalid UTF-8":              "{\"a\xff\":\"\xc0\xaf\xed\xa0\x80\"}",
		"control characters":         `{"a":"\u0000\u001b[31m"}`,
		"lone surrogates":            `{"a":"\ud800","b":"\udc00\ud800"}`,
		"a key a million times":      `{` + strings.Repeat(`"errorCode":"AccessDenied",`, 1<<16) + `"a":1}`,
		"999 levels":                 `{"a":` + strings.Repeat("[", 998) + strings.Repeat("]", 998) + `}`,
		"empty keys":                 `{"":{"":{"":""}}}`,
		"a record in a string":       `{"a":"` + strings.ReplaceAll(denied("x"), `"`, `\"`) + `"}`,
		"a record in a record":       `{"a":` + denied("x") + `}`,
		"a code that is not the key": `{"a":"errorCode","b":"AccessDenied","eventSource":"s3.amazonaws.com"}`,
		"a code overruled":           strings.TrimSuffix(denied("x"), "}") + `,"errorCode":"NoSuchKey"}`,
		"null":                       `null`,
		"an empty object":            `{}`,
		"year 0":                     deniedAt("x", "0000-01-01T00:00:00Z"),
		"year 9999":                  deniedAt("x", "9999-12-31T23:59:59Z"),
		"no year":                    deniedAt("x", "yesterday"),
	} {
		c, ids := run(t, Options{}, memory{"x": trail(denied("a"), record, denied("b"))})
		if c.Objects.Read != 1 || c.Records.Seen != 3 || c.Records.Kept != 2 || strings.Join(ids, "") != "ab" {
			t.Errorf("%s: %s %+v %v", name, result(c), c.Records, c.Failures)
		}
	}
	escaped := strings.Replace(denied("c"), "errorCode", `\u0065rrorCod\u0065`, 1)
	c, ids := run(t, Options{}, memory{"x": trail(other("a"), escaped)})
	if c.Records.Kept != 1 || strings.Join(ids, "") != "c" {
		t.Errorf("an escaped key: %+v", c.Records)
	}
}
