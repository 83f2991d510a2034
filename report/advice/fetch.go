package advice

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/pattern"
)

// Fetch is a command that writes a policy to a file, as --policies reads it. It is safe
// to paste into a shell.
type Fetch struct {
	Account string // whose credentials it needs: 12 digits, or empty if that is not known
	Command string
}

// FetchesFor returns the commands that fetch the policies that can have denied a
// request, as far as their names are known. Names that are better not pasted at all
// have no command.
func FetchesFor(c Case) []Fetch {
	f := &fetcher{facts: facts{Case: c}}
	kind := c.Cause.Policy()
	isOpen := kind == "" && (c.Cause == event.NotTold || c.Cause == event.Truncated || c.Cause.Effect() != "")
	switch {
	case c.Cause == event.BlockPublicACLs || c.Cause == event.BlockPublicPolicy:
		f.bucket("get-public-access-block", ".public-access-block.json")
		return f.list
	case c.Cause == event.KMSKey:
		f.keyPolicy()
		f.identity()
		return f.list
	}
	if kind == event.ResourcePolicy || isOpen {
		if event.IsKMS(f.denied()) {
			f.keyPolicy()
		} else {
			f.bucket("get-bucket-policy", ".json")
		}
	}
	if kind == event.IdentityPolicy || kind == event.Boundary || isOpen {
		f.identity()
	}
	if kind == event.SCP || kind == event.RCP {
		f.organizationPolicy(kind)
	}
	if kind == event.EndpointPolicy {
		f.endpoint()
	}
	return f.list
}

// patterns are the commands by the kind of policy, for names that are not known or better
// not pasted.
var patterns = map[event.Policy]string{
	event.ResourcePolicy: "aws s3api get-bucket-policy --bucket BUCKET > BUCKET.json",
	event.IdentityPolicy: "aws iam get-account-authorization-details > iam.json",
	event.Boundary:       "aws iam get-account-authorization-details > iam.json",
	event.SCP:            "aws organizations describe-policy --policy-id POLICY_ID > POLICY_ID.json",
	event.RCP:            "aws organizations describe-policy --policy-id POLICY_ID > POLICY_ID.json",
	event.EndpointPolicy: "aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ENDPOINT_ID > ENDPOINT_ID.json",
}

// keyPattern is the command for the policy of a KMS key. The name of the file says which key
// it is.
const keyPattern = "aws kms get-key-policy --policy-name default --region REGION --key-id KEY_ID > REGION_ACCOUNT_KEY_ID.json"

// FetchFor returns the command that fetches the policy that denied a request. A name that is
// better not pasted is for the reader to fill in. ok is false for causes that no policy is
// known to be behind.
func FetchFor(c Case) (one Fetch, ok bool) {
	kind := c.Cause.Policy()
	pattern, ok := patterns[kind]
	if c.Cause == event.KMSKey || kind == event.ResourcePolicy && event.IsKMS((&facts{Case: c}).denied()) {
		pattern, ok = keyPattern, true
	}
	if !ok {
		return Fetch{}, false
	}
	command, _, _ := strings.Cut(pattern, " > ")
	command, _, _ = strings.Cut(command, " -")
	for _, f := range FetchesFor(c) {
		if strings.HasPrefix(f.Command, command) && strings.Contains(f.Command, " > ") {
			return f, true
		}
	}
	return Fetch{Command: pattern}, true
}

// fetcher collects commands.
type fetcher struct {
	facts
	list []Fetch
}

// fileName is what the name of a file can consist of here.
var fileName = pattern.New(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// add adds a command with a name from the log, and the file for its output.
func (f *fetcher) add(account, command, name, rest, file string) {
	if name = word(name); name == "" || !fileName.MatchString(file) {
		return
	}
	if !arn.IsAccount(account) {
		account = ""
	}
	f.list = append(f.list, Fetch{account, command + " " + name + rest + " > " + file})
}

// bucket fetches something of the bucket.
func (f *fetcher) bucket(command, ending string) {
	f.add(f.BucketAccount, "aws s3api "+command+" --bucket", f.Bucket, "", f.Bucket+ending)
}

// identity fetches everything of the caller's account: the inline policies, those that
// are attached, those of groups, and the boundary.
func (f *fetcher) identity() {
	account := f.account()
	if !arn.IsAccount(account) || f.PrincipalType != "user" && f.PrincipalType != "role" {
		return
	}
	f.list = append(f.list, Fetch{account, "aws iam get-account-authorization-details > iam-" + account + ".json"})
}

// keyPolicy fetches the policy of the KMS key. The name of the file says which key it is.
func (f *fetcher) keyPolicy() {
	a, ok := arn.Parse(f.kmsKey())
	if !ok || a.Service != "kms" {
		return
	}
	f.add(a.Account, "aws kms get-key-policy --policy-name default --region "+word(a.Region)+" --key-id", f.kmsKey(), "",
		a.Region+"_"+a.Account+"_"+arn.Last(f.kmsKey())+".json")
}

// organizationPolicy fetches the policy that the message names. Of another, the
// commands list what is attached.
func (f *fetcher) organizationPolicy(kind event.Policy) {
	a, ok := arn.Parse(f.PolicyARN)
	if ok && a.Service == "organizations" {
		id := arn.Last(f.PolicyARN)
		f.add(a.Account, "aws organizations describe-policy --policy-id", id, "", id+".json")
		return
	}
	target, filter := f.account(), "SERVICE_CONTROL_POLICY"
	if kind == event.RCP {
		target, filter = f.BucketAccount, "RESOURCE_CONTROL_POLICY"
	}
	if arn.IsAccount(target) {
		f.list = append(f.list, Fetch{"", "aws organizations list-policies-for-target --filter " + filter +
			" --target-id " + target})
	}
}

// endpoint fetches the policy of the VPC endpoint.
func (f *fetcher) endpoint() {
	f.add("", "aws ec2 describe-vpc-endpoints --vpc-endpoint-ids", f.VPCEndpoint, "", f.VPCEndpoint+".json")
}
