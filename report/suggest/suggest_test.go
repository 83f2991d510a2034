package suggest

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/ingest/event"
)

const (
	reader  = "arn:aws:iam::111122223333:role/app/reader"
	analyst = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Data_Analyst_9f8e7d6c5b4a3210"
	keyARN  = "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// group is a group of the reader role on its own bucket, for one cause and one key.
func group(cause event.Cause, action string, change func(*aggregate.Group)) aggregate.Group {
	g := aggregate.Group{
		Principal: reader, PrincipalType: "role", PrincipalAccount: "111122223333",
		Action: action, Bucket: "corp-data", BucketAccount: "111122223333", Denials: 3,
		Causes: []aggregate.Cause{{Cause: cause, DeniedAction: action, Denials: 3}},
		Keys:   []aggregate.Keys{{Cause: cause, DeniedAction: action, Common: "a/b.csv", One: true}},
	}
	if change != nil {
		change(&g)
	}
	return g
}

func result(groups ...aggregate.Group) *aggregate.Result {
	return &aggregate.Result{Groups: groups, Accounts: []string{"111122223333", "444455556666"}}
}

// compact writes statements on lines, for comparison.
func compact(t *testing.T, s []Suggestion) string {
	t.Helper()
	var lines []string
	for _, one := range s {
		for _, p := range one.Policies {
			text, err := json.Marshal(p.Document)
			if err != nil {
				t.Fatal(err)
			}
			line := string(p.Kind) + " " + p.Target + " " + strings.TrimSuffix(strings.TrimPrefix(string(text), `{"Version":"2012-10-17","Statement":`), "}")
			lines = append(lines, regexp.MustCompile(`"Sid":"Refused\d+","Effect":"Allow",`).ReplaceAllString(line, ""))
		}
	}
	return strings.Join(lines, "\n")
}

func TestStatements(t *testing.T) {
	f := func(want string, groups ...aggregate.Group) {
		t.Helper()
		if got := compact(t, For(result(groups...))); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
	object := `[{"Action":["s3:GetObject"],"Resource":["arn:aws:s3:::corp-data/a/b.csv"]}]`
	f("identity "+reader+" "+object, group("identity-implicit", "s3:GetObject", nil))
	f("boundary "+reader+" "+object, group("boundary-implicit", "s3:GetObject", nil))
	f("session "+reader+" "+object, group("session-implicit", "s3:GetObject", nil))
	f("scp 111122223333 "+object, group("scp-implicit", "s3:GetObject", nil))
	f(`bucket corp-data [{"Principal":{"AWS":"`+reader+`"},"Action":["s3:GetObject"],"Resource":["arn:aws:s3:::corp-data/a/b.csv"]}]`,
		group("resource-implicit", "s3:GetObject", nil))
	f(`endpoint vpce-0123456789abcdef0 [{"Principal":"*","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::corp-data/a/b.csv"],"Condition":{"ArnEquals":{"aws:PrincipalArn":"`+reader+`"}}}]`,
		group("vpce-implicit", "s3:GetObject", func(g *aggregate.Group) {
			g.From.VPCEndpoints.List = []aggregate.Count{{Value: "vpce-0123456789abcdef0", Denials: 3}}
		}))
	f("", group("vpce-implicit", "s3:GetObject", nil)) // which endpoint is not known
	f(`identity `+reader+` [{"Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::corp-data"]}]`, group("identity-implicit", "s3:ListBucket", nil))
	f(`identity `+reader+` [{"Action":["s3:ListAllMyBuckets"],"Resource":["*"]}]`, group("identity-implicit", "s3:ListAllMyBuckets", func(g *aggregate.Group) { g.Bucket = "" }))
	f("", group("identity-implicit", "s3:GetObject", func(g *aggregate.Group) { g.Bucket = "" }))
	f(`identity arn:aws-cn:iam::111122223333:user/bob [{"Action":["s3:ListBucket"],"Resource":["arn:aws-cn:s3:::corp-data"]}]`,
		group("identity-implicit", "s3:ListBucket", func(g *aggregate.Group) { g.Principal = "arn:aws-cn:iam::111122223333:user/bob" }))

	kms := func(g *aggregate.Group) { g.Action, g.KMSKeys = "s3:GetObject", []string{keyARN} }
	f(`identity `+reader+` [{"Action":["kms:Decrypt"],"Resource":["`+keyARN+`"]}]`, group("identity-implicit", "kms:Decrypt", kms))
	f(`key `+keyARN+` [{"Principal":{"AWS":"`+reader+`"},"Action":["kms:Decrypt"],"Resource":["*"]}]`, group("resource-implicit", "kms:Decrypt", kms))
	f("", group("identity-implicit", "kms:Decrypt", nil))
	f("", group("identity-implicit", "kms:Decrypt", func(g *aggregate.Group) { g.KMSKeys = []string{keyARN, keyARN + "0"} }))

	// one role, one list; what has the same actions is one statement
	f(`identity `+reader+` [{"Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::corp-data/a/b.csv","arn:aws:s3:::other/a/b.csv"]},{"Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::other"]}]`,
		group("identity-implicit", "s3:PutObject", nil), group("identity-implicit", "s3:GetObject", nil),
		group("identity-implicit", "s3:GetObject", func(g *aggregate.Group) { g.Bucket = "other" }),
		group("identity-implicit", "s3:PutObject", func(g *aggregate.Group) { g.Bucket = "other" }),
		group("identity-implicit", "s3:ListBucket", func(g *aggregate.Group) { g.Bucket = "other" }))
}

// Keys are widened to their common start, and no further than the note says.
func TestObjects(t *testing.T) {
	f := func(k aggregate.Keys, prefixes []string, want, note string) {
		t.Helper()
		g := group("identity-implicit", "s3:GetObject", func(g *aggregate.Group) {
			k.Cause, k.DeniedAction = "identity-implicit", "s3:GetObject"
			g.Keys = []aggregate.Keys{k}
			for _, p := range prefixes {
				g.From.KeyPrefixes.List = append(g.From.KeyPrefixes.List, aggregate.Count{Value: p, Denials: 1})
			}
		})
		p := For(result(g))[0].Policies[0]
		var got []string
		for _, r := range p.Document.Statement[0].Resource {
			got = append(got, strings.TrimPrefix(r, "arn:aws:s3:::corp-data/"))
		}
		if strings.Join(got, " ") != want || len(p.Notes) > 1 || !strings.Contains(strings.Join(p.Notes, ""), note) || note == "" && len(p.Notes) > 0 {
			t.Errorf("%+v: got %s (%q), want %s (%s)", k, got, p.Notes, want, note)
		}
	}
	f(aggregate.Keys{Common: "a/b.csv", One: true}, nil, "a/b.csv", "")
	f(aggregate.Keys{Common: "a/b.csv"}, nil, "a/*", "whose keys start with a/")
	f(aggregate.Keys{Common: "a/b/"}, nil, "a/b/*", "whose keys start with a/b/")
	f(aggregate.Keys{Common: "report-2026"}, nil, "report-2026*", "whose keys start with report-2026")
	f(aggregate.Keys{}, nil, "*", "allows all objects.")
	f(aggregate.Keys{}, []string{"in/x/", "out/"}, "in/x/* out/*", "in those folders of")
	f(aggregate.Keys{}, []string{"in/", ""}, "*", "allows all objects.")
	f(aggregate.Keys{Common: "a/b", One: true, None: true}, nil, "*", "do not name the objects")
	// what IAM would take for a wildcard or a variable
	f(aggregate.Keys{Common: "a/*?${aws:username}$5", One: true}, nil, "a/${*}${?}${$}{aws:username}$5", "")
	f(aggregate.Keys{Common: "*/"}, nil, "${*}/*", "whose keys start with */")
	// keys that differ in the bucket
	f(aggregate.Keys{Common: "a/[access-key]/b", One: true}, nil, "a/*", "whose keys start with a/")
	f(aggregate.Keys{Common: "a/b\xff/c", One: true}, nil, "a/*", "whose keys start with a/")
}

// There is no statement where one could do harm or would not help.
func TestNothingSuggested(t *testing.T) {
	f := func(name string, change func(*aggregate.Group), r func(*aggregate.Result)) {
		t.Helper()
		in := result(group("identity-implicit", "s3:GetObject", change))
		if r != nil {
			r(in)
		}
		for _, s := range For(in) {
			if len(s.Policies) > 0 {
				t.Errorf("%s: got %+v", name, s)
			}
		}
	}
	who := func(principal, kind, account string) func(*aggregate.Group) {
		return func(g *aggregate.Group) { g.Principal, g.PrincipalType, g.PrincipalAccount = principal, kind, account }
	}
	cause := func(c event.Cause) func(*aggregate.Group) {
		return func(g *aggregate.Group) { g.Causes[0].Cause = c }
	}
	for _, c := range []event.Cause{"identity-explicit", "resource-explicit", "scp-explicit", "explicit", "rcp-implicit", "trust-implicit", "kms-key", "not-told", "truncated", "block-public-acls", "access-grants", "vpce"} {
		f(string(c), cause(c), nil)
	}
	f("anonymous", who("anonymous", "anonymous", ""), nil)
	f("unknown", who("unknown", "unknown", ""), nil)
	f("service", who("delivery.logs.amazonaws.com", "service", ""), nil)
	f("account", who("111122223333:AROAEXAMPLE", "account", "111122223333"), nil)
	f("root", who("arn:aws:iam::111122223333:root", "root", "111122223333"), nil)
	f("federated user", who("arn:aws:sts::111122223333:federated-user/bob", "federated-user", "111122223333"), nil)
	f("foreign", who("arn:aws:iam::999999999999:role/x", "role", "999999999999"), nil)
	f("service-linked role", who("arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig", "role", "111122223333"), nil)
	f("hostile name", who(`arn:aws:iam::111122223333:role/x"*`, "role", "111122223333"), nil)
	f("foreign bucket", func(g *aggregate.Group) { g.BucketAccount = "999999999999" }, nil)
	f("hostile bucket", func(g *aggregate.Group) { g.Bucket = "*" }, nil)
	f("no action of IAM", func(g *aggregate.Group) { g.Action, g.Causes[0].DeniedAction = "s3:CopyObject", "s3:CopyObject" }, nil)
	f("every action", func(g *aggregate.Group) { g.Action, g.Causes[0].DeniedAction = "s3:*", "s3:*" }, nil)
	f("enumeration", func(g *aggregate.Group) { g.IncidentID = "i-1" }, func(r *aggregate.Result) {
		r.Incidents = []aggregate.Incident{{ID: "i-1", Pattern: aggregate.Enumeration}}
	})
	f("quarantined", nil, func(r *aggregate.Result) {
		r.Groups = append(r.Groups, group("identity-explicit", "s3:PutObject", func(g *aggregate.Group) {
			g.Principal = "arn:aws:iam::111122223333:role/reader" // without its path, it is the same
			g.Causes[0].PolicyARN = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"
		}))
	})
	f("no trail of its own", nil, func(r *aggregate.Result) { r.Accounts = nil })
}

// The suggestions name what no Allow can override, and what is left out.
func TestDenies(t *testing.T) {
	scp := "arn:aws:organizations::123456789012:policy/o-x/service_control_policy/p-1"
	got := For(result(
		group("identity-implicit", "s3:GetObject", func(g *aggregate.Group) {
			g.BucketAccount = "444455556666"
			g.Causes = append(g.Causes, aggregate.Cause{Cause: "scp-explicit", PolicyARN: scp, Denials: 9}, aggregate.Cause{Cause: "rcp-implicit", Denials: 1})
		}),
		group("scp-explicit", "s3:PutObject", func(g *aggregate.Group) { g.Causes[0].PolicyARN = scp }),
		group("resource-explicit", "s3:PutObject", func(g *aggregate.Group) { g.Principal = analyst }),
	))
	if len(got) != 2 || got[0].Principal != reader || got[1].Principal != analyst || got[0].Denials != 3 || got[1].Denials != 0 {
		t.Fatalf("got %+v", got)
	}
	want := []Deny{{Blocker: Blocker{"scp-explicit", scp, "corp-data"}, Denials: 12}}
	if !reflect.DeepEqual(got[0].Denies, want) {
		t.Errorf("got %+v, want %+v", got[0].Denies, want)
	}
	if n := got[0].Notes; len(n) != 1 || !strings.Contains(n[0], "RCPFullAWSAccess") {
		t.Errorf("notes %q", n)
	}
	if n := got[0].Policies[0].Notes; len(n) != 1 || !strings.Contains(n[0], "Its bucket policy must allow the request too") {
		t.Errorf("notes %q", n)
	}
}

// A policy says in words where to attach it.
func TestAttach(t *testing.T) {
	f := func(cause event.Cause, want string, change func(*aggregate.Group)) {
		t.Helper()
		if got := For(result(group(cause, "s3:PutBucketPolicy", change)))[0].Policies[0]; got.Attach != want {
			t.Errorf("%s: got %s, want %s", cause, got.Attach, want)
		} else if !strings.Contains(strings.Join(got.Notes, "\n"), "PutBucketPolicy changes who has access") {
			t.Errorf("%s: notes %q", cause, got.Notes)
		}
	}
	f("identity-implicit", "an identity policy of the reader role (account 111122223333)", nil)
	f("identity-implicit", "the permission set Data_Analyst in IAM Identity Center, which creates the AWSReservedSSO_Data_Analyst_9f8e7d6c5b4a3210 role (account 111122223333)",
		func(g *aggregate.Group) { g.Principal = analyst })
	f("boundary-implicit", "the permissions boundary of the reader role (account 111122223333)", nil)
	f("session-implicit", "the session policy of the reader role (account 111122223333)", nil)
	f("scp-implicit", "a service control policy above account 111122223333", nil)
	f("resource-implicit", "the bucket policy of corp-data", nil)
}

// written is how a policy writes a character that would be a wildcard or the start
// of a variable.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
var written = regexp.MustCompile(`\$\{[*?$]\}`)

// Whatever a log contains, a document is JSON that allows nothing but what was
// denied.
func FuzzDocument(f *testing.F) {
	for _, s := range []string{"a/b", "*", `"`, "\\", "\n", "${x}", "a?b", "\xff", "[access-key]", "\u202e", "</script>", "```"} {
		f.Add(s, "s3:GetObject", "corp-data", s == "*")
	}
	f.Fuzz(func(t *testing.T, key, action, bucket string, one bool) {
		g := group("resource-implicit", action, func(g *aggregate.Group) {
			g.Bucket, g.Keys[0].Common, g.Keys[0].One = bucket, key, one
		})
		for _, s := range For(result(g)) {
			for _, p := range s.Policies {
				checkDocument(t, &p.Document, action, bucket)
			}
		}
	})
}

// checkDocument says that a document allows one action to the reader role, on one
// resource of one bucket.
func checkDocument(t *testing.T, d *Document, action, bucket string) {
	t.Helper()
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Version   string
		Statement []struct {
			Effect           string
			Principal        map[string]string
			Action, Resource []string
		}
	}
	if err := json.Unmarshal(text, &back); err != nil || back.Version != "2012-10-17" || len(back.Statement) != 1 {
		t.Fatalf("%s: %v", text, err)
	}
	st := back.Statement[0]
	if st.Effect != "Allow" || st.Principal["AWS"] != reader || !slices.Equal(st.Action, []string{action}) || strings.Contains(action, "*") {
		t.Fatalf("%s", text)
	}
	if len(st.Resource) != 1 {
		t.Fatalf("%s has not one resource", text)
	}
	r := written.ReplaceAllString(st.Resource[0], "_")
	if strings.Contains(strings.TrimSuffix(r, "*"), "*") || strings.Contains(r, "?") || strings.Contains(r, "${") {
		t.Fatalf("%s has a wildcard or variable", st.Resource[0])
	}
	if r != "*" && !strings.HasPrefix(r, "arn:aws:s3:::"+bucket) {
		t.Fatalf("%s is not of %s", r, bucket)
	}
}

// Every implicit cause has a place for its statement or a note why there is none,
// and every kind of policy has a place in the order and words.
func TestEveryCause(t *testing.T) {
	for _, c := range event.Causes() {
		if known := places[c.Policy()] != nil; known != (c.Policy() != "") {
			t.Errorf("places has the policy %q of %s: %v", c.Policy(), c, known)
		}
		got := For(result(group(c, "s3:GetObject", func(g *aggregate.Group) {
			g.From.VPCEndpoints.List = []aggregate.Count{{Value: "vpce-0123456789abcdef0", Denials: 3}}
			// Something that is always suggested keeps the principal in the list.
			g.Causes = append(g.Causes, aggregate.Cause{Cause: event.IdentityImplicit, DeniedAction: "s3:PutObject", Denials: 1})
		})))
		if len(got) != 1 {
			t.Fatalf("%s: got %+v", c, got)
		}
		denials := 0
		for _, p := range got[0].Policies {
			denials += p.Denials
			if p.Attach == "" || !slices.Contains(kinds, p.Kind) {
				t.Errorf("%s: %+v", c, p)
			}
		}
		suggested, named := denials == 4, len(got[0].Denies)+len(got[0].Notes) == 1
		if (c.Effect() != "") != (suggested != named) || c.Effect() == event.Explicit && suggested {
			t.Errorf("%s: suggested %v, named %v", c, suggested, named)
		}
	}
	for _, k := range kinds {
		if attachWords[k] == nil {
			t.Errorf("attachWords has no %s", k)
		}
	}
	if len(kinds) != len(attachWords) {
		t.Errorf("%d kinds have an order, and %d have words", len(kinds), len(attachWords))
	}
}

// What a provider continues without needs no permission.
func TestNothingForFallbacks(t *testing.T) {
	f := func(agent string, want int) {
		t.Helper()
		g := group("identity-explicit", "s3:TagResource", func(g *aggregate.Group) {
			g.From.UserAgents.List = []aggregate.Count{{Value: agent, Denials: g.Denials}}
		})
		if got := len(For(result(g))); got != want {
			t.Errorf("%s: got %d suggestions, want %d", agent, got, want)
		}
	}
	f("Pulumi/3.1", 0)
	f("Boto3/1.34", 1)
}
