package rows

import "testing"

// An id that counts as a UUID is the same text again. Any other text is not lost.
func TestID(t *testing.T) {
	const good = "01234567-89ab-4cde-8f01-23456789abcf"
	for i := range good {
		for _, c := range "0af-AFg/ \x00\xff" {
			s := good[:i] + string(c) + good[i+1:]
			if x, isUUID := idOf(s); isUUID && x.String() != s {
				t.Errorf("%q comes back as %q", s, x)
			} else if !isUUID && c == rune(good[i]) {
				t.Errorf("%q is not a UUID", s)
			}
		}
	}
	for _, s := range []string{"", "-", good + "0", good[1:]} {
		if x, isUUID := idOf(s); isUUID || x == (id{}) {
			t.Errorf("%q is %v, %v", s, x, isUUID)
		}
	}
}
