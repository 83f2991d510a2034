package change

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// In public trails the changes are those that a search of the decoded records by
// name finds. The log shows them for a person to judge.
func TestRealTrails(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it has no goroutines, so the race detector finds nothing in it")
	}
	shared := os.Getenv("TRAIL403_SHARED")
	if shared == "" {
		t.Skip("TRAIL403_SHARED is not set: it names the folder with real-trails.tar.gz")
	}
	archive, err := os.ReadFile(filepath.Join(shared, "real-trails.tar.gz"))
	if err != nil {
		t.Fatal(err)
	}
	records, named := 0, 0
	got, want := map[string]int{}, map[string]int{}
	tr := tar.NewReader(bytes.NewReader(unpack(archive)))
	for {
		if _, err := tr.Next(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(tr)
		if err != nil {
			t.Fatal(err)
		}
		eachRecord(unpack(text), func(record []byte) {
			records++
			if Named(record) {
				named++
			}
			if c, ok, err := Decode(record); err != nil {
				t.Errorf("%s: %v", record, err)
			} else if ok {
				got[c.Name]++
				t.Logf("%s %s by %s: %v", c.Time.Format("2006-01-02"), c.Name, c.Actor, c.Targets)
			}
			if c, ok := reference(record); ok {
				want[c.Name]++
			}
			compare(t, record)
		})
	}
	t.Logf("%d records, %d named", records, named)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		t.Logf("%s: %d", name, want[name])
	}
	if !maps.Equal(got, want) || len(want) < 30 {
		t.Errorf("got %v, want %v", got, want)
	}
	if named*50 > records {
		t.Errorf("%d of %d records are named", named, records)
	}
}

func unpack(text []byte) []byte {
	zr, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		return text
	}
	plain, _ := io.ReadAll(zr)
	return plain
}

// eachRecord finds the records in JSON values of any shape.
func eachRecord(text []byte, record func([]byte)) {
	dec := json.NewDecoder(bytes.NewReader(text))
	for {
		var v json.RawMessage
		if dec.Decode(&v) != nil {
			return
		}
		eachIn(v, record)
	}
}

func eachIn(v json.RawMessage, record func([]byte)) {
	var object map[string]json.RawMessage
	var array []json.RawMessage
	var inner string
	switch {
	case json.Unmarshal(v, &object) == nil:
		if object["eventName"] != nil && object["eventSource"] != nil {
			record(v)
			return
		}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			eachIn(object[key], record)
		}
	case json.Unmarshal(v, &array) == nil:
		for _, element := range array {
			eachIn(element, record)
		}
	case json.Unmarshal(v, &inner) == nil && bytes.Contains(v, []byte("eventName")):
		eachRecord([]byte(inner), record)
	}
}

func ExampleDecode() {
	c, ok, err := Decode([]byte(`{"eventTime":"2026-10-28T09:11:07Z","eventSource":"iam.amazonaws.com","eventName":"AttachRolePolicy",
		"userIdentity":{"type":"Root","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333"},
		"requestParameters":{"roleName":"reader","policyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"},"recipientAccountId":"111122223333"}`))
	fmt.Println(c.Actor, c.Targets, ok, err)
	// Output: arn:aws:iam::111122223333:root [{role arn:aws:iam::111122223333:role/reader} {policy arn:aws:iam::aws:policy/ReadOnlyAccess}] true <nil>
}
