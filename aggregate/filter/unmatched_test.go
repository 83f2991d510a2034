package filter

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestUnmatched(t *testing.T) {
	denials := []*Denial{
		reader(nil),
		reader(func(d *Denial) { d.Principal, d.Bucket = "arn:aws:iam::111122223333:role/writer", "corp-logs" }),
	}
	f := func(flags []string, rules string, want ...string) {
		t.Helper()
		s := selection(t, flags, rules)
		w := s.Watch()
		for _, d := range denials {
			w.See(d)
		}
		var got []string
		for _, u := range w.Unmatched(len(denials)) {
			got = append(got, fmt.Sprintf("%s:%d %s=%s %s", u.File, u.Line, u.Field, u.Pattern, u.Nearest))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q %q: got %q, want %q", flags, rules, got, want)
		}
		if got := s.Watch().Unmatched(0); got != nil {
			t.Errorf("without denials: %v", got)
		}
	}
	f(nil, "")
	f([]string{"bucket=corp-*", "principal=reader"}, "")
	f([]string{"bucket=Corp-Data"}, "", ":0 bucket=Corp-Data corp-data")
	f([]string{"bucket=Corp-*"}, "", ":0 bucket=Corp-* corp-data")
	f([]string{"bucket=corp-dta", "bucket=corp-logs"}, "", ":0 bucket=corp-dta corp-data")
	f([]string{"bucket=warehouse"}, "", ":0 bucket=warehouse ")
	f([]string{"principal=raeder"}, "", ":0 principal=raeder reader")
	f([]string{"principal=role/app/raeder"}, "", ":0 principal=role/app/raeder role/app/reader")
	f([]string{"principal=arn:aws:iam::111122223333:role/writr"}, "", ":0 principal=arn:aws:iam::111122223333:role/writr arn:aws:iam::111122223333:role/writer")
	f([]string{"action=getobject"}, "", ":0 action=getobject GetObject")
	f([]string{"account=111122223334"}, "", ":0 account=111122223334 111122223333")
	f([]string{"policy=p-6v4y751e"}, "", ":0 policy=p-6v4y751e p-6v4y751d")
	f([]string{"cause=kms-key"}, "", ":0 cause=kms-key ")
	// Rules are judged by all denials, whatever filters and other rules take.
	f([]string{"bucket=corp-logs"}, "bucket=corp-data\nbucket=corp-data\n")
	f(nil, "# known\nprincipal=reader bucket=corp-dta\n", "noise:2 bucket=corp-dta corp-data")
	f(nil, "principal=reader bucket=corp-logs\n", "noise:1 =principal=reader bucket=corp-logs ")
	f(nil, "bucket=gone until=2026-01-01\n")
}

func selection(t *testing.T, flags []string, rules string) *Selection {
	t.Helper()
	s := &Selection{}
	for _, flag := range flags {
		field, glob, _ := strings.Cut(flag, "=")
		if err := s.Only.Add(Field(field), glob); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if s.Rules, err = ParseRules("noise", rules, time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return s
}
