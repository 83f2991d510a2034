package query

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// token is what SQL is made of.
type token struct {
	kind string // name, text, or the characters themselves
	text string
}

// tokens reads SQL as Trino's grammar has it: literals, names in quotes, comments, and
// everything else as it is.
func tokens(t testing.TB, sql string) (all []token) {
	for i := 0; i < len(sql); {
		rest := sql[i:]
		switch {
		case strings.HasPrefix(rest, "--"), strings.HasPrefix(rest, "/*"):
			t.Fatalf("a comment in %s", sql)
		case strings.HasPrefix(rest, "U&'"):
			text, n := quoted(t, rest[2:], '\'')
			all = append(all, token{"text", unescaped(t, text)})
			i += 2 + n
		case rest[0] == '\'':
			text, n := quoted(t, rest, '\'')
			all = append(all, token{"text", text})
			i += n
		case rest[0] == '"':
			text, n := quoted(t, rest, '"')
			all = append(all, token{"name", text})
			i += n
		default:
			if rest[0] < ' ' && rest[0] != '\n' || rest[0] > '~' {
				t.Fatalf("the character %q outside of quotes in %s", rest[0], sql)
			}
			all = append(all, token{rest[:1], ""})
			i++
		}
	}
	return all
}

// quoted returns the text in quotes at the start of s, and how long it is with them.
func quoted(t testing.TB, s string, quote byte) (text string, n int) {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] != quote:
			text += s[i : i+1]
		case i+1 < len(s) && s[i+1] == quote:
			text += string(quote)
			i++
		default:
			return text, i + 1
		}
	}
	t.Fatalf("a quote is not closed in %s", s)
	return "", 0
}

// unescaped reads the escapes of a Unicode literal.
func unescaped(t testing.TB, s string) string {
	b := &strings.Builder{}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] != '\\':
			b.WriteByte(s[i])
		case s[i+1] == '\\':
			b.WriteByte('\\')
			i++
		case s[i+1] == '+':
			n, err := strconv.ParseUint(s[i+2:i+8], 16, 32)
			if err != nil {
				t.Fatalf("%v in %s", err, s)
			}
			b.WriteRune(rune(n))
			i += 7
		default:
			t.Fatalf("an unknown escape in %s", s)
		}
	}
	return b.String()
}

var hostile = []string{
	"'", "''", `"`, `""`, "'; DROP TABLE x; --", `"; DROP TABLE x; --`, "/* */", "--", "\\", `\'`, `\+000027`, "U&'", "x'y",
	"é", "日本", "😀", "\u2028", "\u00a0", "a\nb", "%", "_", "?", ":a", "${x}", "{{x}}", "\x7f", "’", "ʼ", "＇",
}

func TestHostileValuesStayValues(t *testing.T) {
	for _, text := range append(hostile, "\x00", "a\x00'b", "\x1b[31m") {
		got := tokens(t, "SELECT "+literal(text)+" FROM x")
		if len(got) != len("SELECT  FROM x")+1 || got[7] != (token{"text", text}) {
			t.Errorf("%q is written as %s", text, literal(text))
		}
	}
	for _, name := range hostile {
		table, err := ParseTable(`a.` + identifier(name))
		if strings.ContainsAny(name, "\n\x7f") {
			if err == nil {
				t.Errorf("the name %q is taken", name)
			}
			continue
		}
		got := tokens(t, table.String()+" ")
		if err != nil || len(got) != 4 || got[2] != (token{"name", name}) {
			t.Errorf("%q is written as %s (%v)", name, table, err)
		}
	}
}

// The query for hostile names has the same tokens as the one for harmless names, except
// for the texts themselves.
func TestHostileQueries(t *testing.T) {
	of := func(name string) string {
		table, err := ParseTable(identifier("c"+name) + "." + identifier("s"+name) + "." + identifier("t"+name))
		if err != nil {
			t.Fatal(err)
		}
		s, err := NewSource(table, []Column{
			{Name: "line", Type: "varchar"}, {Name: "rest", Type: "varchar"},
			{Name: "account", Type: "varchar", Partition: true},
			{Name: "region", Type: "varchar", Partition: true}, {Name: "dt" + name, Type: "varchar", Partition: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		return s.Query(&Objects{
			Paths: []string{"s3://b/" + name + "/a", "s3://b/" + name + "/b"}, Accounts: []string{name}, Regions: []string{name},
		}, []string{name})
	}
	want := tokens(t, of("x"))
	for _, name := range hostile {
		if strings.ContainsAny(name, "\n\x7f") {
			continue
		}
		got := tokens(t, of(name))
		if len(got) != len(want) {
			t.Fatalf("%q changes the query", name)
		}
		for i := range got {
			if got[i].kind != want[i].kind {
				t.Fatalf("%q changes the query at %v", name, got[i])
			}
		}
	}
}

func TestParseTable(t *testing.T) {
	for text, want := range map[string]Table{
		"logs.trail":                 {"", "logs", "trail"},
		"hive.logs.trail":            {"hive", "logs", "trail"},
		`"a.b"."c""d".e-f`:           {"a.b", `c"d`, "e-f"},
		`AwsDataCatalog.default."é"`: {"AwsDataCatalog", "default", "é"},
	} {
		if got, err := ParseTable(text); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"", "trail", ".", "a.", ".b", "a..b", "a.b.c.d", "a.b c", "a.b;", `a."b`, `a."b"c`, `a.""`, "a.b --", "a.é", "a.'b'", "a.b\n",
		"a." + strings.Repeat("x", 256), "a.\"\xff\"", "a.\"b\x00\"",
	} {
		if got, err := ParseTable(text); err == nil {
			t.Errorf("%q is taken for %+v", text, got)
		}
	}
}

func FuzzLiteral(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !IsAskable(text) {
			t.Skip("no query has it")
		}
		got := tokens(t, literal(text)+",")
		if len(got) != 2 || got[0] != (token{"text", text}) {
			t.Errorf("%q is written as %s", text, literal(text))
		}
		table := Table{Schema: "a", Name: text}
		if parsed, err := ParseTable(fmt.Sprint(table)); err == nil && parsed != table {
			t.Errorf("%q is read as %q", text, parsed.Name)
		}
	})
}
