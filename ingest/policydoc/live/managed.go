package live

import (
	"context"
	"net/url"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/change"
	"trail403/ingest/event"
)

// link notes that a thing is linked to a managed policy, and reads that. It says whether it
// could.
func (r *reader) link(ctx context.Context, p *part, s *session, of event.Target, relation event.Relation, name string) bool {
	if !policyARN.MatchString(name) {
		return !p.fail(ctx, getPolicy, errGarbled)
	}
	policy := event.Target{Type: change.Policy, Name: name}
	p.Links = append(p.Links, event.Link{Of: of, Relation: relation, To: policy})
	return r.addManaged(ctx, p, s, policy)
}

// readManaged reads a managed policy that a message names.
func (r *reader) readManaged(ctx context.Context, p *part, w *event.Wanted) {
	a, _ := arn.Parse(w.Of.Name)
	if !policyARN.MatchString(w.Of.Name) {
		p.skip()
		return
	}
	p.account = a.Account
	if !arn.IsAccount(a.Account) { // AWS's own are the same in each account
		p.account = w.Account
	}
	s, err := r.in(ctx, p.account)
	if !p.fail(ctx, getPolicy, err) {
		r.addManaged(ctx, p, s, w.Of)
	}
}

// addManaged adds the version of a managed policy that is in force.
func (r *reader) addManaged(ctx context.Context, p *part, s *session, of event.Target) bool {
	key := s.account + " " + of.Name
	if strings.Contains(of.Name, ":iam::aws:") {
		key = of.Name
	}
	r.mu.Lock()
	m := r.managed[key]
	isNew := m == nil
	if isNew {
		m = &managed{}
		r.managed[key] = m
	}
	r.mu.Unlock()
	m.once.Do(func() { m.op, m.err = r.readVersion(ctx, s, of.Name, m) })
	if p.fail(ctx, m.op, m.err) {
		return false
	}
	if isNew { // the documents of all parts come together
		p.add(event.IdentityPolicy, of, "", m.text)
		d := &p.Documents[len(p.Documents)-1]
		d.Version, d.Default = m.version, true
	}
	return true
}

func (r *reader) readVersion(ctx context.Context, s *session, name string, m *managed) (op int, err error) {
	type policy struct {
		Version string `xml:"GetPolicyResult>Policy>DefaultVersionId"`
	}
	type version struct {
		Text string `xml:"GetPolicyVersionResult>PolicyVersion>Document"`
	}
	about, err := readXML[policy](r.call(ctx, s, ask(getPolicy, "PolicyArn", name).to(s.partition, "", "")))
	if err == nil && !versionID.MatchString(about.Version) {
		err = errGarbled
	}
	if err != nil {
		return getPolicy, err
	}
	got, err := readXML[version](r.call(ctx, s, ask(getPolicyVersion, "PolicyArn", name, "VersionId", about.Version).
		to(s.partition, "", "")))
	if err != nil {
		return getPolicyVersion, err
	}
	m.version = about.Version
	m.text, err = decoded(got.Text)
	return getPolicyVersion, err
}

// decoded returns a document, which cannot be empty.
func decoded(text string) (string, error) {
	text, err := url.PathUnescape(text)
	if err != nil || text == "" {
		return "", errGarbled
	}
	return text, nil
}
