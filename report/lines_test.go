package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"trail403/aggregate"
)

// many returns a result with more groups than are encoded at a time.
func many() *aggregate.Result {
	r := daily()
	for len(r.Groups) < 1000 {
		g := r.Groups[len(r.Groups)%5]
		g.Denials = len(r.Groups)
		r.Groups = append(r.Groups, g)
	}
	return r
}

// JSON Lines has the groups of JSON, in the same order, one a line.
func TestLines(t *testing.T) {
	r := many()
	var all struct{ Groups []json.RawMessage }
	if err := json.Unmarshal(write(t, JSON, r, Options{}), &all); err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSuffix(write(t, JSONL, r, Options{}), []byte("\n")), []byte("\n"))
	if len(lines) != len(r.Groups) || len(all.Groups) != len(lines) {
		t.Fatalf("%d lines and %d groups, want %d", len(lines), len(all.Groups), len(r.Groups))
	}
	for i := range lines {
		if !bytes.Equal(lines[i], all.Groups[i]) {
			t.Fatalf("line %d is %s, want %s", i, lines[i], all.Groups[i])
		}
	}
}

// full fails after some bytes, as a disk does.
type full struct{ room int }

var errNoRoom = errors.New("no space left")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errNoRoom
	}
	return len(p), nil
}

// Wherever writing fails, the error is that of the writer.
func TestLinesFull(t *testing.T) {
	r := many()
	size := len(write(t, JSON, r, Options{}))
	for room := 0; room < size; room += size / 20 {
		for _, f := range []Format{JSON, JSONL} {
			if err := Write(&full{min(room, len(write(t, f, r, Options{}))-1)}, f, r, Options{}); !errors.Is(err, errNoRoom) {
				t.Errorf("%s with room for %d bytes: %v", f, room, err)
			}
		}
	}
}
