package rows

import (
	"strings"
	"testing"
)

// Texts come back as they were, whether they are parts of each other or not, however
// long they are.
func TestDetailTexts(t *testing.T) {
	long := strings.Repeat("\ufffd", 30_000)
	for _, x := range [][3]string{
		{}, {"m", "", ""}, {"", "k", ""}, {"", "", "s"}, {"User: a/s, b/k", "k", "s"}, {"m", "k", "k"},
		{"m", "key", "e"}, {"ab", "bc", "cd"}, {long, long + "k", long + "s"},
	} {
		var d Detail
		d.setTexts(x[0], x[1], x[2])
		if got := [3]string{d.Message(), d.Key(), d.Session()}; got != x {
			t.Errorf("%.20q come back as %.20q", x, got)
		}
	}
}
