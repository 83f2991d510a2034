package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"
)

// An archive of denials has exactly the groups that it promises, in records that are
// JSON.
func TestDenied(t *testing.T) {
	for _, a := range []archive{
		{files: 10, records: 300, groups: 50}, {files: 4, records: 100, groups: 90}, {files: 4, records: 100, groups: 400},
	} {
		random := rand.New(rand.NewPCG(1, 1))
		type group struct {
			name         string
			role, bucket int
		}
		denials := map[group]int{}
		for i := range a.size() {
			c := denied(random, a, i)
			denials[group{c.name, c.role, c.bucket}]++
			var b bytes.Buffer
			c.write(&b, random, time.Unix(0, 0))
			var record struct{ ErrorCode string }
			if err := json.Unmarshal(b.Bytes(), &record); err != nil || record.ErrorCode != "AccessDenied" {
				t.Fatalf("%v, error code %q in %s", err, record.ErrorCode, b.Bytes())
			}
		}
		if len(denials) != a.groups {
			t.Errorf("%d groups, want %d", len(denials), a.groups)
		}
	}
}
