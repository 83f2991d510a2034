package filter

import "testing"

// Each field of an event has its own way to match.
func TestEventFields(t *testing.T) {
	f := func(field Field, pattern, value string, want bool) {
		t.Helper()
		var only Filter
		if err := only.Add(field, pattern); err != nil {
			t.Fatal(err)
		}
		e := Event{
			Session: value, SourceIP: value, UserAgent: value, VPCEndpoint: value, Region: value, Key: value,
			EventID: value, RequestID: value, AccessKey: value,
		}
		if got := only.Matcher().Match(&e, true) == only.Asked(); got != want {
			t.Errorf("%s %q matches %q: %v", field, pattern, value, got)
		}
	}
	f(Session, "i-*", "i-0", true)
	f(Session, "i-0", "i-00", false)
	f(IP, "10.0.0.0/8", "10.255.0.1", true)
	f(IP, "10.0.0.0/8", "::ffff:10.1.1.1", true)
	f(IP, "10.0.0.0/8", "11.0.0.1", false)
	f(IP, "10.0.0.0/8", "s3.amazonaws.com", false)
	f(IP, "2001:db8::/32", "2001:db8::1", true)
	f(IP, "2001:db8:0::1", "2001:db8::1", true)
	f(IP, "10.0.0.*", "10.0.0.7", true)
	f(UserAgent, "Boto3", "[Boto3/1.34 x]", true)
	f(UserAgent, "Boto3*", "[Boto3/1.34 x]", false)
	f(Key, "reports/", "reports/a", true)
	f(Key, "*.csv", "reports/a.csv", true)
	f(Key, "a", "reports/a", false)
	f(AccessKey, "AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", true)
	f(AccessKey, "AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLX", false)
	f(RequestID, "ABC", "ABC", true)
	f(EventID, "?*", "", false)
}

// What is named in place of a pattern without a match does not depend on the order of
// events, nor on which worker reads them.
func TestNearestEvent(t *testing.T) {
	var s Selection
	if err := s.Only.Add(Session, "builder-17"); err != nil {
		t.Fatal(err)
	}
	if err := s.Only.Add(AccessKey, "AKIAIOSFODNN7EXAMPLE"); err != nil {
		t.Fatal(err)
	}
	values := []string{"builder-71", "builder-16", "other", "Builder-99", "builder-18", ""}
	for n := range values {
		w := s.Watch()
		for i := range values {
			m := s.Only.Matcher()
			m.Match(&Event{Session: values[(n+i)%len(values)], AccessKey: "AKIAIOSFODNN7EXAMPLF"}, true)
			m.Match(&Event{Session: "builder-17"}, false) // before the window
			w.Join(m)
		}
		u := w.Unmatched(1)
		if len(u) != 2 || u[0].Nearest != "builder-16" || u[1].Nearest != "" || u[1].Pattern != "…MPLE" {
			t.Errorf("beginning with %d: %+v", n, u)
		}
	}
}
