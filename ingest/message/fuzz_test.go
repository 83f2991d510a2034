package message

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"trail403/ingest/event"
)

// fragments are what a hostile text is made of.
var fragments = [...]string{
	`"`, `\"`, "&quot;", " ", "\n", ".", "...", ":", "x",
	" because no ", " because", " allows the s3:GetObject action", " action", "session policy", " with an explicit deny",
	" in a ", " service control policy", ": arn:aws:iam::111122223333:policy/p", ", with policy ARN:", " transitively through",
	"User: ", " is not authorized to perform: ", "s3:GetObject", " on resource: ", " on ", " on this resource",
	" (Service: S3, Status Code: 403)", " Encoded authorization failure message: ", " status code: 403",
	"An error occurred (AccessDenied) when calling the GetObject operation: ", "AccessDenied: ", "Access Denied",
	"<Message>", "</Message>", "arn:aws:s3:::b/k", " because public policies are prevented by the BlockPublicPolicy setting",
	" because " + kms, " because " + sseC, "You do not have READ permissions to the requested S3 Prefix: ", " or", "access-grants.s3.",
}

// expand replaces the bytes from 0xC0 in s, which no vector holds, by fragments:
// so the fuzzer puts words together.
func expand(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if n := int(s[i]) - 0xC0; n >= 0 && n < len(fragments) {
			b.WriteString(fragments[n])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// FuzzParse: whatever the text, Parse does not panic, returns parts of it and
// a cause that agrees with them, and the parts survive being printed.
func FuzzParse(f *testing.F) {
	for _, v := range readVectors(f, "testdata/vectors.jsonl") {
		f.Add(v.Message)
	}
	f.Add("\xd4x\xd5\xd6\xd7\xc0k\xc0\xc9\xcd\xcb\xda")
	f.Fuzz(func(t *testing.T, text string) {
		text = expand(text)
		m := Parse(text)
		for _, part := range []string{m.Principal, m.Action, m.Resource, m.PolicyARN} {
			if !strings.Contains(text, part) {
				t.Errorf("%q is not in %q", part, text)
			}
		}
		checkAgrees(t, m)
		if again := Parse(text); again != m {
			t.Errorf("%q: first %#v, then %#v", text, m, again)
		}
		checkPrinted(t, m)
	})
}

// checkAgrees checks the fields of m against each other.
func checkAgrees(t *testing.T, m Message) {
	t.Helper()
	if !slices.Contains(event.Causes(), m.Cause) {
		t.Errorf("%#v: no such cause", m)
	}
	if m.PolicyARN != "" && m.Cause.Effect() != event.Explicit {
		t.Errorf("%#v: only an explicit denial comes with an ARN", m)
	}
}

// checkPrinted checks that m printed and read again is m. A long text may count
// as cut, so printing can change the cause if it holds no reason, or one that
// ends where CloudTrail cuts.
func checkPrinted(t *testing.T, m Message) {
	t.Helper()
	text := m.String()
	switch m.Cause {
	case event.NotTold, event.Unrecognized, event.ExplicitUnknown:
		if len(text) >= limit {
			return
		}
	}
	if m.PolicyARN != "" && minCut <= len(text) && len(text) <= maxCut {
		return
	}
	if again := Parse(text); again != m {
		t.Errorf("%q:\ngot  %#v\nwant %#v", text, again, m)
	}
}

// FuzzRoundTrip: a message made of parts gives these parts, whatever the key.
func FuzzRoundTrip(f *testing.F) {
	hostile := []string{
		"k", `a"b`, `x" because no session policy allows the s3:GetObject action`,
		` with an explicit deny in a service control policy: arn:aws:iam::444455556666:policy/p`, `"`, `\"`, "&quot;",
		`User: a is not authorized to perform: b`, "...", `" because`, `x" (Service: S3, Status Code: 403)`,
	}
	for i, k := range hostile {
		f.Add(uint(i*5), "arn:aws:iam::111122223333:user/u", "s3:GetObject", k, "team/Deny.All")
	}
	f.Fuzz(func(t *testing.T, n uint, principal, action, key, policyName string) {
		if !plain(principal) || !plain(action) || !plain(policyName) {
			t.Skip("an attacker does not choose the form of these")
		}
		m, ok := compose(n, principal, action, expand(key), policyName)
		if !ok {
			t.Skip("this cause names neither principal nor action")
		}
		checkPrinted(t, m)

		checkWrapped(t, m, expand(key))
	})
}

// checkWrapped checks that m keeps its cause when a program prints it, with the
// key before it. If it has no reason, it must not get one.
func checkWrapped(t *testing.T, m Message, key string) {
	t.Helper()
	text := "upload failed: ./f to s3://amzn-s3-demo-bucket/" + key +
		" An error occurred (AccessDenied) when calling the PutObject operation: " + m.String()
	w := Parse(text)
	if w.Cause == m.Cause && w.PolicyARN == m.PolicyARN {
		return
	}
	switch m.Cause {
	case event.Truncated, event.NotTold, event.Unrecognized, event.ExplicitUnknown:
		switch w.Cause {
		case event.Truncated, event.NotTold, event.Unrecognized:
			return
		}
	}
	t.Errorf("%q:\ngot  %#v\nwant %#v", text, w, m)
}

// compose makes a message about a key. It fails for a cause that has no such
// message.
func compose(n uint, principal, action, key, policyName string) (Message, bool) {
	causes := event.Causes()
	cause := causes[n%uint(len(causes))]
	m := Message{Cause: cause, Principal: principal, Action: action, Resource: "arn:aws:s3:::amzn-s3-demo-bucket/" + key}
	if cause.Policy() != "" && cause.Effect() == event.Explicit && n%2 == 0 {
		m.PolicyARN = "arn:aws:iam::111122223333:policy/" + policyName
	}
	return m, cause != event.VPCEUnknown && cause != event.RequestExpired && cause != event.AccessDisabled && cause != event.AccessGrants
}

// plain tells whether s has the form of a name in an ARN or of an action.
func plain(s string) bool {
	for i := range len(s) {
		if b := s[i]; !isWord(b) && strings.IndexByte(":/.=+@", b) < 0 {
			return false
		}
	}
	return s != "" && strings.Trim(s, ".:") == s && s != "on" && s != "because" && s != "with"
}

// TestFragments does what the fuzz targets do, over texts of random fragments.
func TestFragments(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		var b strings.Builder
		for range r.IntN(14) {
			b.WriteString(fragments[r.IntN(len(fragments))])
		}
		key := b.String()
		for _, text := range []string{key, `User: x is not authorized to perform: y on resource: "` + key} {
			m := Parse(text)
			checkAgrees(t, m)
			checkPrinted(t, m)
		}
		if m, ok := compose(r.Uint(), "x", "y:z", key, "p"); ok {
			checkPrinted(t, m)
			checkWrapped(t, m, key)
		}
		if t.Failed() {
			return
		}
	}
}

// FuzzCut: a text that CloudTrail cut within a key has no cause, unless it was
// cut right after a complete fake reason.
func FuzzCut(f *testing.F) {
	f.Add(`x" because no session policy allows the s3:GetObject action, and `, uint(3))
	f.Add(`x with an explicit deny in a service control policy`, uint(0))
	f.Fuzz(func(t *testing.T, key string, more uint) {
		key = expand(key)
		if strings.Contains(key, `"`) {
			key += " z" // what follows the fake reason
		}
		key += strings.Repeat("z", 1+int(more%100))
		const left = `User: arn:aws:iam::111122223333:user/u is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::amzn-s3-demo-bucket/`
		if len(left)+len(key) > minCut {
			t.Skip("too long")
		}
		text := left + strings.Repeat("k", minCut-len(left)-len(key)) + key
		if m := Parse(text); m.Cause != event.Truncated {
			t.Errorf("%q: got %s", text, m.Cause)
		}
	})
}
