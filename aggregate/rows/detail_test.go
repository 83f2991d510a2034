package rows

import (
	"strings"
	"testing"
)

// Texts come back as they were, whether they are parts of each other or not, however
// long they are.
func TestDetailTexts(t *testing.T) {
	long := strings.Repeat("\ufffd", 30_000)
	for _, x := range [][4]string{
		{}, {"m", "", "", ""}, {"", "k", "", ""}, {"", "", "s", ""}, {"", "", "", "r"},
		{"User: a/s, b/k", "k", "s", "r"}, {"m", "k", "k", "k"},
		{"m", "key", "e", "y"}, {"ab", "bc", "cd", "de"}, {long, long + "k", long + "s", long + "r"},
	} {
		var d Detail
		d.setTexts(x[0], x[1], x[2], x[3], x[1])
		if got := [4]string{d.Message(), d.Key(), d.Session(), d.Request()}; got != x || d.Caller() != x[1] {
			t.Errorf("%.20q come back as %.20q", x, got)
		}
	}
}
