package athena

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"trail403/ingest/engine/enginetest"
	"trail403/ingest/source/retry"
)

// objects are those of a place in S3.
type objects struct {
	mu     sync.Mutex
	byName map[string][]byte
	reads  int
}

func (o *objects) put(name string, content []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.byName[name] = content
}

// get fails every other time.
func (o *objects) get(_ context.Context, name string) (io.ReadCloser, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.reads++; o.reads%2 == 1 {
		return nil, retry.As(retry.Again, errors.New("the network is bad"))
	}
	content, ok := o.byName[name]
	if !ok {
		return nil, errors.New("no such object")
	}
	return io.NopCloser(bytes.NewReader(content)), nil
}

func unloading(t *testing.T, rows [][]string) (*Client, *enginetest.Athena, *objects) {
	a := enginetest.NewAthena(t, func(string) ([][]string, string) { return rows, "" })
	o := &objects{byName: map[string][]byte{}}
	a.Put = o.put
	return client(t, a, Options{Unload: "s3://out/x", Get: o.get}), a, o
}

// An answer that is unloaded is that of the pages.
func TestUnload(t *testing.T) {
	var want [][]string
	for i := range 120 {
		want = append(want, []string{fmt.Sprint("s3://b/", i), "1", "7", "", "true", "1", `{"a":"é\u0001\"\\"}`})
	}
	c, a, _ := unloading(t, want)
	got, err := rowsOfQuery(t.Context(), c)
	if err != nil || !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%d rows, %v", len(got), err)
	}
	sql := a.Inputs()[0]["QueryString"].(string)
	if !strings.Contains(sql, "SELECT 1") || !strings.Contains(sql, "TO 's3://out/x/") {
		t.Error(sql)
	}
	if _, err := rowsOfQuery(t.Context(), c); err != nil || a.Inputs()[1]["QueryString"] == sql {
		t.Errorf("the same place again, %v", err)
	}
}

// An answer that is not there completely is none.
func TestUnloadIsComplete(t *testing.T) {
	rows := slices.Repeat([][]string{{"s3://b/k", "1", "7", "", "", "0", ""}}, 120)
	for says, spoil := range map[string]func(name string, content []byte) []byte{
		"no such object":    func(name string, content []byte) []byte { return only(!strings.HasSuffix(name, "/1.gz"), content) },
		"unexpected EOF":    func(name string, content []byte) []byte { return content[:len(content)*4/5] },
		"invalid character": func(_ string, content []byte) []byte { return only(bytes.HasPrefix(content, []byte("s3://")), content) },
		"is in another place ": func(_ string, content []byte) []byte {
			return bytes.ReplaceAll(content, []byte("s3://out/"), []byte("s3://o/"))
		},
	} {
		c, a, o := unloading(t, rows)
		a.Put = func(name string, content []byte) {
			switch changed := spoil(name, content); {
			case changed != nil:
				o.put(name, changed)
			case says == "invalid character":
				o.put(name, enginetest.Gzip([]byte("<html>")))
			}
		}
		if _, err := rowsOfQuery(t.Context(), c); err == nil || !strings.Contains(err.Error(), says) || retry.Temporary(err) {
			t.Errorf("%s: %v", says, err)
		}
	}
}

func only(there bool, content []byte) []byte {
	if there {
		return content
	}
	return nil
}

// A query whose answer has no list, or whose place cannot be written into SQL, fails.
func TestUnloadFails(t *testing.T) {
	a := enginetest.NewAthena(t, func(string) ([][]string, string) { return nil, "HIVE_BAD_DATA" })
	a.Put = func(string, []byte) {}
	if _, err := rowsOfQuery(t.Context(), client(t, a, Options{Unload: "s3://out/"})); retry.KindOf(err) != retry.Final {
		t.Errorf("%v", err)
	}
	_, err := rowsOfQuery(t.Context(), client(t, a, Options{Unload: "s3://out/x'; DROP TABLE y; --"}))
	if retry.KindOf(err) != retry.Fatal || len(a.Inputs()) != 1 {
		t.Errorf("%v", err)
	}
}
