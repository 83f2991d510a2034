package cli

import (
	"testing"
	"time"
)

// read feeds a meter ten times a second.
func read(m *meter, from time.Time, seconds float64, done, perSecond int64) (time.Time, int64) {
	steps := int(seconds * 10)
	for i := 1; i <= steps; i++ {
		m.add(from.Add(time.Duration(i)*100*time.Millisecond), done+int64(i)*perSecond/10)
	}
	return from.Add(time.Duration(steps) * 100 * time.Millisecond), done + int64(steps)*perSecond/10
}

func TestMeter(t *testing.T) {
	now := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	m := &meter{}
	// A minute of listing does not make the first rate a slow one.
	now, _ = read(m, now, 60, 0, 0)
	if m.rate() != 0 || m.left(1000) != "" {
		t.Errorf("before anything is read: %v, %q", m.rate(), m.left(1000))
	}
	now, done := read(m, now, 1, 0, 1000)
	if r := m.rate(); r < 990 || r > 1010 {
		t.Errorf("after a second: got %v", r)
	}
	if s := m.left(1_000_000); s != "" {
		t.Errorf("after a second: got %q", s)
	}
	now, done = read(m, now, 9, done, 1000)
	if s := m.left(310_000); s != "about 5 minutes left" {
		t.Errorf("after ten seconds: got %q", s)
	}
	// The rate follows a pause at once, and the rest that is estimated does so slowly.
	now, done = read(m, now, 5, done, 0)
	if r := m.rate(); r > 10 {
		t.Errorf("after a pause: got %v", r)
	}
	if s := m.left(310_000); s != "about 8 minutes left" {
		t.Errorf("after a pause: got %q", s)
	}
	read(m, now, 1, done, 1000)
	for total, want := range map[int64]string{
		done + 1000: "", done + 4000: "a few seconds left", done + 26_000: "about 40 seconds left",
		done + 20_000_000: "about 8 hours left", 1 << 60: "",
	} {
		if s := m.left(total); s != want {
			t.Errorf("%d: got %q, want %q", total, s, want)
		}
	}
}
