package advice

import (
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// Every cause has an entry of its own, and there is no entry for anything else.
func TestEntryOfEveryCause(t *testing.T) {
	for _, c := range event.Causes() {
		if _, ok := entries[c]; !ok {
			t.Errorf("entries has no %s", c)
		}
	}
	if len(entries) != len(event.Causes()) {
		t.Errorf("%d entries for %d causes", len(entries), len(event.Causes()))
	}
	for c := range kmsEntries {
		if _, ok := entries[c]; !ok {
			t.Errorf("kmsEntries has %s, which is not a cause", c)
		}
	}
	for _, why := range Whys() {
		if _, ok := untold[why]; !ok {
			t.Errorf("untold has no %s", why)
		}
	}
	if len(untold) != len(Whys()) {
		t.Errorf("%d entries for %d reasons why nothing is reported", len(untold), len(Whys()))
	}
}

// A resource-based policy of a KMS action is that of the key, and a cause that
// names no policy cannot lead to the bucket policy: each of them needs an entry
// of its own for KMS.
func TestEntryOfEveryKMSCause(t *testing.T) {
	for _, c := range event.Causes() {
		_, ok := kmsEntries[c]
		ofKey := c.Policy() == event.ResourcePolicy || c == event.KMSKey || c == event.IdentityImplicit ||
			c.Owner() == "" && c != event.Unrecognized
		if ok != ofKey {
			t.Errorf("%s: an entry for KMS: %v, want %v", c, ok, ofKey)
		}
	}
}

// Every policy can be named, with and without its ARN.
func TestNameOfEveryPolicy(t *testing.T) {
	for _, c := range event.Causes() {
		p := c.Policy()
		if p == "" || p == event.ResourcePolicy {
			continue
		}
		if unnamedPolicies[p] == nil {
			t.Errorf("unnamedPolicies has no %s", p)
		}
		f := &facts{Case: Case{Cause: c, PolicyARN: "arn:aws:iam::111122223333:policy/NoPut"}}
		if words := f.policy(); namedPolicies[p] != nil && !strings.Contains(words, "`NoPut`") {
			t.Errorf("%s: %s", c, words)
		}
	}
}

// Every owner has words, and the owner of the advice is the one that package event
// gives, unless the entry says who else can fix it.
func TestOwners(t *testing.T) {
	for _, o := range event.Owners() {
		if ownerTexts[o] == "" {
			t.Errorf("ownerTexts has no %s", o)
		}
	}
	if len(ownerTexts) != len(event.Owners()) {
		t.Errorf("%d texts for %d owners", len(ownerTexts), len(event.Owners()))
	}
	for _, c := range event.Causes() {
		want := event.OwnerUnknown
		switch owner := entries[c].owner; {
		case owner != "":
			want = owner
			if owner == c.Owner() {
				t.Errorf("%s: the entry repeats the owner %s", c, owner)
			}
		case c.Owner() != "":
			want = c.Owner()
		}
		if got := General(c, "").Owner; got != want {
			t.Errorf("%s: got owner %q, want %q", c, got, want)
		}
	}
	if got := For(Case{Cause: event.ResourceExplicit, DeniedAction: "kms:Decrypt"}).Owner; got != event.OwnerKey {
		t.Errorf("a policy that denies kms:Decrypt is of the owner %s", got)
	}
}

// The hints that follow from a cause alone.
func TestHintsOfEveryCause(t *testing.T) {
	const layer, hidden, network = "one-layer", "hidden-block-public-access one-layer", "network-activity-only one-layer"
	want := map[event.Cause]string{
		event.IdentityImplicit: layer, event.IdentityExplicit: layer,
		event.ResourceImplicit: hidden, event.ResourceExplicit: hidden,
		event.SCPImplicit: layer, event.SCPExplicit: layer,
		event.RCPImplicit: layer, event.RCPExplicit: layer,
		event.VPCEImplicit: network, event.VPCEExplicit: network, event.VPCEUnknown: network,
		event.BoundaryImplicit: layer, event.BoundaryExplicit: layer,
		event.SessionImplicit: layer, event.SessionExplicit: layer,
		event.TrustImplicit: layer, event.TrustExplicit: layer,
		event.ExplicitUnknown: layer, event.AccessGrants: layer,
		event.KMSKey: "kms one-layer",

		event.BlockPublicACLs: "", event.BlockPublicPolicy: "", event.SSECBlocked: "", event.ObjectLock: "",
		event.RequestExpired: "", event.AccessDisabled: "", event.Truncated: "", event.NotTold: "", event.Unrecognized: "",
	}
	for _, c := range event.Causes() {
		hints, ok := want[c]
		if !ok {
			t.Errorf("this test does not know which hints %s has", c)
		}
		var ids []string
		for _, h := range Hints(&aggregate.Group{Causes: []aggregate.Cause{{Cause: c}}}, "") {
			ids = append(ids, h.ID)
		}
		if got := strings.Join(ids, " "); got != hints {
			t.Errorf("%s: got %q, want %q", c, got, hints)
		}
	}
}

// No cause gets past the guards.
func TestGuards(t *testing.T) {
	for _, c := range event.Causes() {
		for _, x := range []struct {
			c    Case
			want *entry
		}{
			{Case{PolicyARN: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}, &quarantined},
			{Case{Principal: "arn:aws:iam::111122223333:user/Mary", PrincipalType: "user", Probing: true}, &probing},
			{Case{Principal: "anonymous", PrincipalType: "anonymous"}, &anonymous},
			{Case{Principal: "777788889999:AROAEXAMPLE", PrincipalType: "account"}, strangerTo(c)},
			{Case{Principal: "unknown", PrincipalType: "unknown"}, strangerTo(c)},
			{Case{Principal: "arn:aws:iam::111122223333:user/Mary", PrincipalType: "user"}, nil},
		} {
			x.c.Cause = c
			f := &facts{Case: x.c}
			switch guarded := For(x.c).Meaning == f.expand(orEmpty(x.want).meaning); {
			case guard(f) != x.want:
				t.Errorf("%s: the wrong guard for %+v", c, x.c)
			case guarded != (x.want != nil && !entries[c].harmless):
				t.Errorf("%s: %+v is guarded: %v", c, x.c, guarded)
			}
		}
	}
}

func strangerTo(c event.Cause) *entry {
	if c.Policy() == event.EndpointPolicy {
		return &strangerInNetwork
	}
	return &stranger
}

func orEmpty(e *entry) *entry {
	if e == nil {
		return &entry{}
	}
	return e
}

// Every placeholder of a text is known, in general and for each kind of caller.
func TestPlaceholdersAreUsed(t *testing.T) {
	var all strings.Builder
	add := func(e entry) {
		all.WriteString(e.reason + e.meaning + e.fixer + e.check)
		for _, s := range e.steps {
			all.WriteString(s.text)
		}
	}
	for _, table := range []map[event.Cause]entry{entries, kmsEntries} {
		for _, e := range table {
			add(e)
		}
	}
	for _, e := range untold {
		add(e)
	}
	for _, e := range []entry{
		quarantined, probing, stranger, strangerInNetwork, anonymous, serviceLinked, cloudFront, ownCall, thingEntries[true], thingEntries[false],
	} {
		add(e)
	}
	for _, s := range ownerTexts {
		all.WriteString(s)
	}
	all.WriteString(repeatCall + notTheBucket + checkObject + onlyToList + findRecord + readOrdinary +
		readAccessPoint + readOutpost + readKeyStatement + readOrganizationStatement)
	for _, table := range []map[string]func(*facts) string{prose, commandWords} {
		for name := range table {
			if !strings.Contains(all.String(), "{"+name+"}") {
				t.Errorf("no text uses {%s}", name)
			}
		}
	}
}
