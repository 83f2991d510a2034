package csv

import "testing"

func TestCell(t *testing.T) {
	f := func(s, want string) {
		t.Helper()
		if got := Cell(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
	f("", "")
	f("corp-data", "corp-data")
	f("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")
	f("+1", "'+1")
	f("-2+3", "'-2+3")
	f("@SUM(A1)", "'@SUM(A1)")
	f(" \t=1", "' \t=1")
	f("\u00a0=1", "'\u00a0=1")
	f("＝1", "'＝1")
	f("\tx", "'\tx")
	f("\r\nx", "'\r\nx")
	f("a=b", "a=b")
	f("a\x00b\xff", "a\ufffdb\ufffd")
}
