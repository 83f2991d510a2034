package advice

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/ingest/event"
)

func TestHints(t *testing.T) {
	type change = func(*aggregate.Group)
	f := func(name string, pattern aggregate.Pattern, cause aggregate.Cause, change change, want string) {
		t.Helper()
		g := aggregate.Group{
			Principal: "arn:aws:iam::111122223333:role/reader", PrincipalType: "role", PrincipalAccount: "111122223333",
			Action: "s3:GetObject", Bucket: "corp-data", BucketAccount: "111122223333",
			EventNames: []aggregate.Count{{Value: "GetObject", Denials: 1}}, Causes: []aggregate.Cause{{Cause: "object-lock"}, cause},
		}
		if change != nil {
			change(&g)
		}
		var ids []string
		for _, h := range Hints(&g, pattern) {
			ids = append(ids, h.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	cause := func(c event.Cause, action string) aggregate.Cause {
		return aggregate.Cause{Cause: c, DeniedAction: action}
	}
	untold := func(why string) aggregate.Cause { return aggregate.Cause{Cause: "not-told", WhyNotTold: why} }
	name := func(s string) change {
		return func(g *aggregate.Group) { g.EventNames[0].Value = s }
	}
	caller := func(kind, account string) change {
		return func(g *aggregate.Group) { g.PrincipalType, g.PrincipalAccount = kind, account }
	}

	f("nothing to add", "", cause("sse-c-blocked", "s3:PutObject"), nil, "")
	f("a policy", "", cause("scp-explicit", "s3:GetObject"), nil, "one-layer")
	f("missing object", "", cause("identity-implicit", "s3:ListBucket"), nil, "403-is-404 one-layer")
	f("missing object, its head", "", cause("resource-implicit", "s3:ListBucket"), name("HeadObject"), "403-is-404 hidden-block-public-access one-layer")
	f("listing", "", cause("identity-implicit", "s3:ListBucket"), name("ListObjectsV2"), "one-layer")
	f("a Deny on listing", "", cause("identity-explicit", "s3:ListBucket"), nil, "one-layer")
	f("bare", "", untold("unknown"), nil, "403-is-404")
	f("bare, another call", "", untold("unknown"), name("PutObject"), "")
	f("anonymous", "", untold("anonymous"), caller("anonymous", ""), "anonymous-probe")
	f("KMS", "", cause("kms-key", ""), nil, "kms one-layer")
	f("KMS by identity", "", cause("identity-implicit", "kms:Decrypt"), nil, "kms one-layer")
	f("key policy", "", cause("resource-explicit", "kms:Decrypt"), caller("role", "999999999999"), "kms one-layer")
	f("quarantine", "", aggregate.Cause{Cause: "identity-explicit", PolicyARN: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2"}, nil, "quarantined-key one-layer")
	f("service", "", untold("aws-service"), func(g *aggregate.Group) { g.PrincipalType, g.EventNames = "service", nil }, "service-delivery")
	f("delivery through a role", aggregate.ServiceDelivery, cause("resource-implicit", "s3:PutObject"), nil, "service-delivery hidden-block-public-access one-layer")
	f("enumeration", aggregate.Enumeration, cause("identity-implicit", "s3:GetBucketAcl"), name("GetBucketAcl"), "enumeration one-layer")
	f("bucket policy", "", cause("resource-explicit", "s3:GetObject"), nil, "one-layer")
	f("bucket policy of another account", "", cause("resource-explicit", "s3:GetObject"), caller("role", "999999999999"), "hidden-block-public-access one-layer")
	f("VPC endpoint", "", cause("vpce", ""), nil, "network-activity-only one-layer")
	tags := func(bucket string, agents ...string) change {
		return func(g *aggregate.Group) {
			g.Action, g.Bucket, g.EventNames = "s3:ListTagsForResource", bucket, nil
			for _, a := range agents {
				g.From.UserAgents.List = append(g.From.UserAgents.List, aggregate.Count{Value: a, Denials: 1})
			}
		}
	}
	f("fallback", "", cause("identity-implicit", "s3:ListTagsForResource"), tags("b", "Terraform/1.9.5", "Pulumi/1.0"), "one-layer provider-fallback")
	f("another tool as well", "", cause("identity-implicit", "s3:ListTagsForResource"), tags("b", "Terraform/1.9.5", "ack/1.2"), "one-layer")
	f("an unknown tool", "", cause("identity-implicit", "s3:ListTagsForResource"), tags("b"), "one-layer")
	f("tags of an access grant", "", cause("identity-implicit", "s3:ListTagsForResource"), tags("", "Terraform/1.9.5"), "one-layer")
	f("more tools than are listed", "", cause("identity-implicit", "s3:TagResource"), func(g *aggregate.Group) {
		tags("b", "Terraform/1.9.5")(g)
		g.From.UserAgents.OtherValues = 1
	}, "one-layer")
	from := func(role string, instance, presigned int) change {
		return func(g *aggregate.Group) {
			g.Principal, g.Denials, g.FromInstance, g.Presigned = "arn:aws:iam::111122223333:role/"+role, 10, instance, presigned
		}
	}
	f("node", "", cause("sse-c-blocked", ""), from("eksctl-NodeInstanceRole-X", 6, 0), "instance-credentials")
	f("half of them", "", cause("sse-c-blocked", ""), from("eksctl-NodeInstanceRole-X", 5, 5), "")
	f("an instance that is no node", "", cause("sse-c-blocked", ""), from("web-server", 10, 0), "")
	f("presigned", "", cause("sse-c-blocked", ""), from("web-server", 0, 10), "presigned")
	block := func(action string) change {
		return func(g *aggregate.Group) { g.Action, g.Bucket, g.EventNames = action, "", nil }
	}
	f("Block Public Access of an account", "", untold("unknown"), block("s3:PutAccountPublicAccessBlock"), "org-block-public-access")
	f("with a reason", "", cause("scp-explicit", ""), block("s3:PutAccountPublicAccessBlock"), "one-layer")
	f("Block Public Access of a bucket", "", untold("unknown"), block("s3:PutBucketPublicAccessBlock"), "")
	bucket := func(name, account string) change {
		return func(g *aggregate.Group) { g.Bucket, g.PrincipalAccount, g.EventNames = name, account, nil }
	}
	f("a name with an account", "", cause("sse-c-blocked", ""), bucket("logs-999999999999-us-east-1-an", "111122223333"), "account-regional")
	f("that of the caller", "", cause("sse-c-blocked", ""), bucket("logs-111122223333-us-gov-east-1-an", "111122223333"), "")
	f("a similar name", "", cause("sse-c-blocked", ""), bucket("logs-999999999999-us-east-1-ano", "111122223333"), "")
	for _, name := range []string{"prod-us-east-1-starport-layer-bucket", "al2023-repos-eu-west-1-de612dc2",
		"amazon-ssm-us-east-1", "cloudformation-waitcondition-eu-west-1", "packages.us-east-1.amazonaws.com"} {
		f("AWS's own "+name, "", cause("vpce", ""), bucket(name, "111122223333"), "network-activity-only one-layer aws-owned-bucket")
	}
	f("the same, denied by an SCP", "", cause("scp-explicit", ""), bucket("amazon-ssm-us-east-1", "111122223333"), "one-layer")
	f("a bucket of one's own", "", cause("vpce", ""), bucket("my-amazon-ssm-us-east-1", "111122223333"), "network-activity-only one-layer")
	f("VPC endpoint, told", "", cause("vpce-implicit", "s3:GetObject"), nil, "network-activity-only one-layer")
}

const hintsDocument = "../../docs/hints.md"

// docs/hints.md is made of the data that the program uses.
func TestHintsDocument(t *testing.T) {
	var want bytes.Buffer
	fmt.Fprint(&want, `<!-- Generated by go generate ./report/advice; edit the data there. -->

# Hints

A hint says what an experienced engineer would know about a group beyond its [cause](causes.md). In
JSON, each group has its own hints, as `+"`hints[].id` and `hints[].text`"+`. Markdown and text show each hint
once, with the groups that it applies to. They leave out a hint if an alarm, an incident or the next
steps for a policy already say the same.
`)
	last := ""
	for _, h := range hints {
		if h.id != last {
			fmt.Fprintf(&want, "\n## %s\n", h.id)
		}
		last = h.id
		fmt.Fprintf(&want, "\nWhen %s:\n\n> %s\n\nMore: <%s>\n", h.when, h.text, h.link)
	}
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(hintsDocument, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(hintsDocument)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("docs/hints.md is not what the program says: run go generate ./report/advice")
	}
}
