package rows

import (
	"reflect"
	"testing"
	"time"

	"trail403/ingest/event"
)

// fill gives every field of a struct a value of its own, so that a field that is not
// kept shows.
func fill(t *testing.T, v reflect.Value, seed string) {
	t.Helper()
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			f.SetString(seed + v.Type().Field(i).Name)
		case reflect.Bool:
			f.SetBool(true)
		case reflect.Int64:
			f.SetInt(int64(len(seed)))
		default:
			t.Fatalf("%s is not filled", v.Type().Field(i).Name)
		}
	}
}

// What conditions compare comes back as it was, through the tables of several workers
// that number everything in another order.
func TestConditions(t *testing.T) {
	var want [3]event.Context
	for i, seed := range []string{"a", "bc"} {
		fill(t, reflect.ValueOf(&want[i].Credentials).Elem(), seed)
		fill(t, reflect.ValueOf(&want[i].Call).Elem(), seed)
	}
	want[2] = event.Context{Credentials: want[0].Credentials, Call: want[1].Call}
	at := func(i int) time.Time { return time.Unix(int64(1000+i), 0).UTC() }
	var shards []*Shard
	for _, order := range [][]int{{0, 1}, {2, 1, 0}, {}} {
		s := NewShard(&Limits{}, true)
		for _, i := range order {
			d := &event.Denial{Time: at(i), Principal: "p", Context: want[i], Fingerprint: uint64(10*len(order) + i)}
			if err := s.Add(d); err != nil {
				t.Fatal(err)
			}
			s.Commit()
		}
		shards = append(shards, s)
	}
	table := Merge(shards, true)
	table.NameRoles()
	n := 0
	for _, r := range table.Sorted() {
		d := table.Denial(r)
		i := int(d.Time.Unix() - 1000)
		if n++; d.Context != want[i] {
			t.Errorf("got  %+v\nwant %+v", d.Context, want[i])
		}
	}
	if n != 5 || len(table.credentials.list) != 2 || len(table.calls.list) != 2 {
		t.Errorf("%d rows, %d credentials and %d calls", n, len(table.credentials.list), len(table.calls.list))
	}
}

// The places of what is read for every row are those in the lists.
func TestPlacesOfConditions(t *testing.T) {
	var c event.Context
	*textsOfCredentials(&c.Credentials)[placeOfDelivery], *textsOfCall(&c.Call)[placeOfAuthentication] = "2.0", "QueryString"
	if c.RoleDelivery != "2.0" || c.AuthenticationType != "QueryString" {
		t.Errorf("got %+v", c)
	}
}
