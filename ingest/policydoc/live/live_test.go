package live

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/policydoc/live/livetest"
	"trail403/ingest/source/retry"
)

const (
	account = livetest.Account
	other   = "444455556666"
	roleARN = "arn:aws:iam::" + account + ":role/reader"
	keyARN  = "arn:aws:kms:eu-west-1:" + account + ":key/1234abcd-12ab-34cd-56ef-1234567890ab"
	allow   = `{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}`
	deny    = `{"Statement":{"Sid":"Café","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}`
)

var at = time.Date(2026, 10, 28, 18, 3, 11, 0, time.UTC)

func open(t *testing.T, s *livetest.Server, opts Options) *Reader {
	t.Helper()
	opts.Now = func() time.Time { return at }
	if opts.Retry.Attempts == 0 {
		opts.Retry = retry.Policy{Attempts: 3, First: time.Millisecond, Longest: time.Millisecond}
	}
	r := New(opts)
	t.Cleanup(r.Close)
	return r
}

func want(kind, name string) event.Wanted {
	return event.Wanted{Of: event.Target{Type: kind, Name: name}, Denials: 1}
}

// texts returns the documents that were read: what has them, and the text.
func texts(r *event.Reading) (list []string) {
	for _, s := range r.Snapshots {
		for _, d := range s.Documents {
			list = append(list, strings.Join([]string{d.Of.Type, d.Of.Name, string(d.Kind), d.Name, d.Version, d.Text}, " "))
		}
	}
	slices.Sort(list)
	return list
}

func links(r *event.Reading) (list []string) {
	for _, s := range r.Snapshots {
		for _, l := range s.Links {
			list = append(list, l.Of.Name+" "+string(l.Relation)+" "+l.To.Name)
		}
	}
	slices.Sort(list)
	return list
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got  %s\n want %s", what, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
	}
}

// failures returns what was not read.
func failures(r *event.Reading) (list []string) {
	for _, u := range r.Failures {
		list = append(list, fmt.Sprintf("%s|%s|%s|%s|%s", u.Call, u.Of.Name, u.Account, u.Why, u.Hint))
	}
	return list
}

func TestRole(t *testing.T) {
	s := livetest.New(t)
	s.Roles = map[string]map[string]string{"reader": {"one": allow, "two": allow}}
	s.Attached = map[string][]string{"reader": {"arn:aws:iam::aws:policy/ReadOnly", "arn:aws:iam::" + account + ":policy/a/Own"}}
	s.Boundary = map[string]string{"reader": "arn:aws:iam::" + account + ":policy/a/Own"}
	s.Managed = map[string]string{"arn:aws:iam::aws:policy/ReadOnly": allow, "arn:aws:iam::" + account + ":policy/a/Own": deny}
	r := open(t, s, Options{})
	got := r.Read(t.Context(), []event.Wanted{want(change.Role, roleARN)})
	same(t, "documents", texts(got),
		"policy arn:aws:iam::"+account+":policy/a/Own identity  v3 "+deny,
		"policy arn:aws:iam::aws:policy/ReadOnly identity  v3 "+allow,
		"role "+roleARN+" identity one  "+allow,
		"role "+roleARN+" identity two  "+allow,
	)
	same(t, "links", links(got),
		roleARN+" attached arn:aws:iam::"+account+":policy/a/Own",
		roleARN+" attached arn:aws:iam::aws:policy/ReadOnly",
		roleARN+" bounded arn:aws:iam::"+account+":policy/a/Own",
	)
	one := got.Snapshots[0]
	if len(one.Complete) != 1 || one.File != event.FromAWS || !one.Time.Equal(at) || !one.Told {
		t.Errorf("%+v", one)
	}
	if got.Documents != 4 || got.Calls != len(s.Made()) || len(got.Failures) > 0 {
		t.Errorf("%d documents, %d calls of %d, %v", got.Documents, got.Calls, len(s.Made()), got.Failures)
	}
	if again := r.Read(t.Context(), []event.Wanted{want(change.Role, roleARN)}); again.Calls != got.Calls {
		t.Errorf("what was read is read again: %d calls", again.Calls)
	}
}

func TestUserWithGroups(t *testing.T) {
	s := livetest.New(t)
	s.Users = map[string]map[string]string{"mary": {}}
	s.Groups = map[string]map[string]string{"staff": {"inline": allow}}
	s.Member = map[string][]string{"mary": {"staff"}}
	s.Attached = map[string][]string{"staff": {"arn:aws:iam::" + account + ":policy/Staff"}}
	s.Managed = map[string]string{"arn:aws:iam::" + account + ":policy/Staff": allow}
	user, group := "arn:aws:iam::"+account+":user/mary", "arn:aws:iam::"+account+":group/staff"
	got := open(t, s, Options{}).Read(t.Context(), []event.Wanted{want(change.User, user)})
	same(t, "documents", texts(got),
		"group "+group+" identity inline  "+allow, "policy arn:aws:iam::"+account+":policy/Staff identity  v3 "+allow)
	same(t, "links", links(got), group+" attached arn:aws:iam::"+account+":policy/Staff", user+" member "+group)
	if c := got.Snapshots[0].Complete; len(c) != 2 || len(got.Failures) > 0 {
		t.Errorf("complete: %v, failures: %v", c, got.Failures)
	}
}

func TestBucket(t *testing.T) {
	s := livetest.New(t)
	s.Buckets = map[string]*livetest.Bucket{
		"corp-data": {Owner: account, Region: "eu-west-1", Policy: deny, Ownership: livetest.Ownership("BucketOwnerPreferred"), ACL: livetest.ACL},
		"bare":      {Owner: account},
	}
	data, gone := want(change.Bucket, "corp-data"), want(change.Bucket, "gone")
	data.Settings, data.Account, data.Denials = true, account, 7
	got := open(t, s, Options{}).Read(t.Context(), []event.Wanted{want(change.Bucket, "bare"), data, gone})
	same(t, "documents", texts(got), "bucket bare resource   ", "bucket corp-data resource   "+deny)
	if len(got.Settings) != 1 {
		t.Fatalf("settings: %+v", got.Settings)
	}
	b := got.Settings[0]
	same(t, "blocks", append(b.Blocked, b.BlockedByAccount...),
		"BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
	same(t, "grants", b.Grants, "FULL_CONTROL for the owner", "READ for everyone")
	if !b.HasBlocks || !b.HasAccountBlocks || b.Ownership != "BucketOwnerPreferred" || got.Documents != 1 || len(got.Failures) > 0 {
		t.Errorf("%+v, %d documents, %v", b, got.Documents, got.Failures)
	}
	if len(got.Notes) != 1 || got.Notes[0].Of.Name != "gone" {
		t.Errorf("notes: %v", got.Notes)
	}
}

func TestResources(t *testing.T) {
	s := livetest.New(t)
	point := "arn:aws:s3:eu-west-1:" + account + ":accesspoint/door"
	s.Keys = map[string]string{"1234abcd-12ab-34cd-56ef-1234567890ab": deny}
	s.Points, s.Endpoints = map[string]string{"door": deny}, map[string]string{"vpce-0a1b2c3d": allow}
	endpoint := want(change.Endpoint, "vpce-0a1b2c3d")
	endpoint.Region = "eu-west-1"
	got := open(t, s, Options{}).Read(t.Context(), []event.Wanted{
		want(change.Key, keyARN), want(change.AccessPoint, point), endpoint, want(change.Endpoint, "vpce-0a1b2c3e"),
	})
	same(t, "documents", texts(got), "access-point "+point+" resource   "+deny, "key "+keyARN+" resource   "+deny,
		"vpc-endpoint vpce-0a1b2c3d vpce   "+allow)
	if len(got.Notes) != 1 || len(got.Failures) > 0 {
		t.Errorf("notes %v, failures %v", got.Notes, got.Failures)
	}
	for _, c := range s.Made() {
		if c.Name == "GetKeyPolicy" && c.Region != "eu-west-1" {
			t.Errorf("the key was looked for in %s", c.Region)
		}
	}
}

// Policies of an organization are read in its management account, with the role. Those that
// no message names are read from the account up to the root.
func TestOrganization(t *testing.T) {
	s := livetest.New(t)
	s.Trusting = []string{s.Manager}
	s.Organization = map[string]string{"p-scp00001": deny, "p-scp00002": allow, "p-rcp00001": deny}
	s.AttachedTo = map[string][]string{account: {"p-scp00001", "p-rcp00001"}, "r-ab12": {"p-scp00002", "p-scp00001"}}
	s.Parents = map[string]string{account: "ou-ab12-abcd1234", "ou-ab12-abcd1234": "r-ab12"}
	named, all := want(change.OrganizationPolicy, "p-rcp00001"), want(change.Account, account)
	named.Account, all.Kind = s.Manager, event.SCP
	got := open(t, s, Options{Role: "audit/reader"}).Read(t.Context(), []event.Wanted{named, all})
	same(t, "documents", texts(got), "organization-policy p-rcp00001 rcp   "+deny,
		"organization-policy p-scp00001 scp   "+deny, "organization-policy p-scp00002 scp   "+allow)
	same(t, "links", links(got), account+" attached p-scp00001", account+" attached p-scp00001", account+" attached p-scp00002")
	if len(got.Failures) > 0 {
		t.Errorf("%v", got.Failures)
	}
}

// Without a role, an account that is not the one of the credentials is not asked at all.
func TestOtherAccounts(t *testing.T) {
	s := livetest.New(t)
	s.Roles = map[string]map[string]string{"reader": {"one": allow}}
	elsewhere := strings.Replace(roleARN, account, other, 1)
	wanted := []event.Wanted{want(change.Role, elsewhere), want(change.Role, elsewhere+"2")}
	got := open(t, s, Options{}).Read(t.Context(), wanted)
	same(t, "failures", failures(got),
		"||444455556666|it is in another account than the credentials|name a role of that account with `--live-role NAME`")
	if calls := s.Calls(); len(calls) != 1 {
		t.Errorf("calls: %v", calls)
	}
	got = open(t, s, Options{Role: "audit"}).Read(t.Context(), wanted[:1])
	if f := failures(got); len(f) != 1 || !strings.Contains(f[0], "AccessDenied: because of the test") ||
		!strings.Contains(f[0], "allow the credentials to assume the role") {
		t.Errorf("failures: %v", f)
	}
	s.Trusting = []string{other}
	got = open(t, s, Options{Role: "audit"}).Read(t.Context(), wanted[:1])
	same(t, "documents", texts(got), "role "+elsewhere+" identity one  "+allow)
	if made := s.Made(); made[len(made)-1].Account != other {
		t.Errorf("signed with %v", made[len(made)-1])
	}
}

// A call that is denied, and answers that are none, cost what they would have told, and
// nothing else.
func TestFailures(t *testing.T) {
	big := strings.Repeat("x", maxAnswer+10)
	for name, test := range map[string]struct {
		answer func(w http.ResponseWriter)
		says   string
	}{
		"denied": {func(w http.ResponseWriter) { livetest.Fail(w, "AccessDenied", 403) },
			"iam:GetRolePolicy|" + roleARN + "|" + account + "|AWS answered with AccessDenied: because of the test|allow iam:GetRolePolicy"},
		"expired":   {func(w http.ResponseWriter) { livetest.Fail(w, "ExpiredToken", 403) }, "get new credentials"},
		"fault":     {func(w http.ResponseWriter) { livetest.Fail(w, "InternalFailure", 500) }, "InternalFailure"},
		"throttled": {func(w http.ResponseWriter) { livetest.Fail(w, "Throttling", 400) }, "Throttling (gave up after 3 attempts)"},
		"garbled":   {func(w http.ResponseWriter) { _, _ = w.Write([]byte("<html><p>no")) }, errGarbled.Error()},
		"empty":     {func(http.ResponseWriter) {}, errGarbled.Error()},
		"endless":   {func(w http.ResponseWriter) { _, _ = w.Write([]byte(big)) }, errLong.Error()},
		"hostile":   {func(w http.ResponseWriter) { livetest.Fail(w, "\x1b[31m'; rm", 403) }, "AWS answered with status 403"},
		"secret": {func(w http.ResponseWriter) {
			w.WriteHeader(403)
			_, _ = w.Write([]byte("<E><Code>Odd</Code><Message>key AKIAIOSFODNN7EXAMPLE\u202e\n" + strings.Repeat("y", 900) + "</Message></E>"))
		}, "AWS answered with Odd: key "},
		"elsewhere": {func(w http.ResponseWriter) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.WriteHeader(http.StatusFound)
		}, "status 302"},
	} {
		t.Run(name, func(t *testing.T) {
			s := livetest.New(t)
			s.Roles = map[string]map[string]string{"reader": {"one": allow}}
			s.Attached = map[string][]string{"reader": {"arn:aws:iam::aws:policy/ReadOnly"}}
			s.Managed = map[string]string{"arn:aws:iam::aws:policy/ReadOnly": allow}
			s.Before = func(w http.ResponseWriter, call string) bool {
				if call == "GetRolePolicy" {
					test.answer(w)
				}
				return call == "GetRolePolicy"
			}
			got := open(t, s, Options{}).Read(t.Context(), []event.Wanted{want(change.Role, roleARN)})
			f := failures(got)
			if len(f) != 1 || !strings.Contains(f[0], test.says) {
				t.Fatalf("%v", f)
			}
			if strings.Contains(f[0], "AKIAIOSFODNN7EXAMPLE") || strings.ContainsAny(f[0], "\x1b\n") || len(f[0]) > 700 {
				t.Errorf("%q", f[0])
			}
			if len(texts(got)) != 1 || len(got.Snapshots[0].Complete) > 0 { // the attached one was read
				t.Errorf("%v", texts(got))
			}
		})
	}
}

// What is busy is asked again, and a list is read page by page.
func TestThrottled(t *testing.T) {
	s := livetest.New(t)
	s.Roles = map[string]map[string]string{"reader": {"a": allow, "b": allow, "c": allow}}
	n := 0
	s.Before = func(w http.ResponseWriter, _ string) bool {
		n++
		if n%3 > 0 {
			livetest.Fail(w, []string{"", "Throttling", "ServiceUnavailable"}[n%3], 503)
		}
		return n%3 > 0
	}
	got := open(t, s, Options{}).Read(t.Context(), []event.Wanted{want(change.Role, roleARN)})
	if len(texts(got)) != 3 || len(got.Failures) > 0 || got.Calls != n {
		t.Errorf("%v, %v, %d of %d calls", texts(got), got.Failures, got.Calls, n)
	}
}

// A list without end, and a role with more policies than any has, end here.
func TestEndlessLists(t *testing.T) {
	for _, page := range []string{
		"<PolicyNames><member>x</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>again</Marker>",
		"<PolicyNames>" + strings.Repeat("<member>x</member>", maxItems+1) + "</PolicyNames>",
	} {
		s := livetest.New(t)
		s.Roles = map[string]map[string]string{"reader": {}}
		s.Before = func(w http.ResponseWriter, call string) bool {
			if call == "ListRolePolicies" {
				fmt.Fprintf(w, "<ListRolePoliciesResponse><ListRolePoliciesResult>%s</ListRolePoliciesResult></ListRolePoliciesResponse>", page)
			}
			return call == "ListRolePolicies"
		}
		got := open(t, s, Options{}).Read(t.Context(), []event.Wanted{want(change.Role, roleARN)})
		if f := failures(got); len(f) != 1 || !strings.Contains(f[0], "the list has more than") || got.Calls > 30 {
			t.Errorf("%v with %d calls", f, got.Calls)
		}
	}
}

// Names that AWS cannot have given out are never sent, and neither is one that an answer has.
func TestHostileNames(t *testing.T) {
	s := livetest.New(t)
	s.Roles = map[string]map[string]string{"reader": {"../../x": allow}}
	var wanted []event.Wanted
	for _, name := range []string{
		"", "x", "arn:aws:iam::" + account + ":role/a b", "arn:aws:iam::" + account + ":role/x&Action=DeleteRole", "a/../b?acl",
		"bucket/../../", "bucket?delete", "bu\x00cket", "arn:aws:iam::evil.example:role/x", "arn:aws:s3:evil.example/:" + account + ":accesspoint/p",
		"arn:aws:kms:us-east-1.evil.example:" + account + ":key/1234abcd-12ab-34cd-56ef-1234567890ab", "vpce-0a1b2c3d\n", "p-x/../y",
		"arn:aws:iam::" + account + ":policy/../x?y", strings.Repeat("9", 300), "--help", "arn:aws:s3:::corp-data",
	} {
		for kind := range readers {
			wanted = append(wanted, want(kind, name))
		}
	}
	r := open(t, s, Options{})
	got := r.Read(t.Context(), wanted)
	if calls := s.Calls(); !slices.Equal(calls, []string{"GetCallerIdentity"}) || len(got.Snapshots) > 0 {
		t.Errorf("calls: %v", calls)
	}
	if n := len(got.Notes); n != 1 {
		t.Errorf("%d notes: %v", n, got.Notes)
	}
	got = open(t, s, Options{}).Read(t.Context(), []event.Wanted{want(change.Role, roleARN)})
	if len(got.Failures) != 1 || slices.Contains(s.Calls(), "GetRolePolicy") {
		t.Errorf("%v, %v", got.Failures, s.Calls())
	}
}

// A server that does not answer is waited for once.
func TestSlow(t *testing.T) {
	s := livetest.New(t)
	ended := make(chan struct{})
	s.Before = func(_ http.ResponseWriter, call string) bool {
		if call == "GetRole" {
			<-ended
		}
		return false
	}
	defer close(ended)
	var wanted []event.Wanted
	for i := range 40 {
		wanted = append(wanted, want(change.Role, fmt.Sprintf("%s%d", roleARN, i)))
	}
	got := open(t, s, Options{Patience: 20 * time.Millisecond}).Read(t.Context(), wanted)
	if f := failures(got); len(f) == 0 || !strings.Contains(f[0], "no answer from 127.0.0.1") || len(s.Made()) > 1+atOnce {
		t.Errorf("%v after %d calls", f, len(s.Made()))
	}
}

// Ctrl-C ends everything at once.
func TestInterrupted(t *testing.T) {
	s := livetest.New(t)
	why := errors.New("Ctrl-C")
	ctx, cancel := context.WithCancelCause(t.Context())
	ended := make(chan struct{})
	defer close(ended)
	s.Before = func(_ http.ResponseWriter, call string) bool {
		if call == "GetRole" {
			cancel(why)
			<-ended
		}
		return false
	}
	got := open(t, s, Options{}).Read(ctx, []event.Wanted{want(change.Role, roleARN), want(change.Key, keyARN)})
	if len(got.Failures) > 0 {
		t.Errorf("%v", got.Failures)
	}
}

// The number of calls is bounded, and what has the most denials comes first.
func TestLimits(t *testing.T) {
	s := livetest.New(t)
	s.Roles = map[string]map[string]string{}
	var wanted []event.Wanted
	for i := range maxThings + 50 {
		name := fmt.Sprint("r", i)
		s.Roles[name] = map[string]string{}
		w := want(change.Role, "arn:aws:iam::"+account+":role/"+name)
		w.Denials = i
		wanted = append(wanted, w)
	}
	got := open(t, s, Options{}).Read(t.Context(), wanted)
	f := strings.Join(failures(got), "\n")
	if got.Calls != MaxCalls || len(s.Made()) != MaxCalls || !strings.Contains(f, errCalls.Error()) || !strings.Contains(f, errThings.Error()) {
		t.Errorf("%d calls, %d made, %s", got.Calls, len(s.Made()), f)
	}
	if one := got.Snapshots[0].Complete; len(one) == 0 || !strings.HasSuffix(one[0].Name, fmt.Sprint("/r", maxThings+49)) {
		t.Errorf("first: %v", one)
	}
}

func TestCredentials(t *testing.T) {
	s := livetest.New(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	got := open(t, s, Options{}).Read(t.Context(), []event.Wanted{want(change.Role, roleARN)})
	if f := failures(got); len(f) != 1 || !strings.HasPrefix(f[0], "|||no AWS credentials found|log in") || len(s.Made()) > 0 {
		t.Errorf("%v", f)
	}
}

// Where no endpoint is configured, names go to AWS's own servers.
func TestPlaces(t *testing.T) {
	c := newClient(Options{})
	for _, test := range [][5]string{
		{"iam", "aws", "eu-west-1", "iam.amazonaws.com", "us-east-1"},
		{"iam", "aws-cn", "", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"},
		{"kms", "aws", "eu-west-1", "kms.eu-west-1.amazonaws.com", "eu-west-1"},
		{"ec2", "aws-cn", "cn-northwest-1", "ec2.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"},
		{"sts", "aws-us-gov", "", "sts.us-gov-west-1.amazonaws.com", "us-gov-west-1"},
		{"organizations", "aws", "eu-west-1", "organizations.us-east-1.amazonaws.com", "us-east-1"},
		{"s3", "aws", "eu-west-1", "s3.eu-west-1.amazonaws.com", "eu-west-1"},
		{"s3-control", "aws", "eu-west-1", account + ".s3-control.eu-west-1.amazonaws.com", "eu-west-1"},
	} {
		p, err := c.placeOf(t.Context(), test[0], test[1], test[2], account)
		if err != nil || p.url.String() != "https://"+test[3] || p.region != test[4] {
			t.Errorf("%v: %v, %v", test, p, err)
		}
	}
	if _, err := c.placeOf(t.Context(), "iam", "aws-iso", "", account); err != errPartition {
		t.Errorf("%v", err)
	}
}

// Every call only reads.
func TestOperationsRead(t *testing.T) {
	for i, op := range operations {
		_, name, ok := strings.Cut(op.permission, ":")
		reads := strings.HasPrefix(name, "Get") || strings.HasPrefix(name, "List") || strings.HasPrefix(name, "Describe")
		if !reads && i != assumeRole && i != getCallerIdentity || !ok && i != getCallerIdentity || services[op.service].id == "" {
			t.Errorf("%+v", op)
		}
	}
}
