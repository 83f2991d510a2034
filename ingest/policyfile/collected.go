package policyfile

import (
	"strings"

	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/scan"
)

// collected are the files that iam-collect puts into the folder of one thing, beside
// its metadata.
// https://github.com/cloud-copilot/iam-collect/blob/main/docs/Storage.md
var collected = [...]string{
	"policy", "current-policy", "inline-policies", "managed-policies", "groups", "bpa",
}

// metadata is the file that each such folder has.
const metadata = "metadata.json"

// readCollected reads such a folder: an object with a member for each of its files.
func (f *file) readCollected(o object) {
	m := o.of("metadata")
	of, kind := targetOf(m.text("arn"))
	if id := m.text("id"); of.Name == "" && strings.HasPrefix(id, "vpce-") {
		of, kind = event.Target{Type: change.Endpoint, Name: id}, event.EndpointPolicy
	}
	switch of.Type {
	case "":
		return
	case change.Role, change.User, change.Group:
		for _, p := range o.list("inline-policies") {
			f.add(kind, of, p.text("PolicyName"), p.document("PolicyDocument"))
		}
		for _, name := range o.texts("managed-policies") {
			f.link(of, event.Attached, name)
		}
		for _, name := range o.texts("groups") {
			f.link(of, event.Member, name)
		}
		f.link(of, event.Bounded, m.text("permissionBoundary"))
		f.Complete = append(f.Complete, redacted(of))
	case change.Policy:
		f.addVersion(of, m.text("defaultVersionId"), o.document("current-policy"))
	default:
		f.add(kind, of, "", o.document("policy"))
		if of.Type == change.Bucket {
			f.addSettings(of, o.of("bpa"))
		}
	}
}

// isCollected says whether the metadata is about a thing that can have policies.
func isCollected(text []byte) bool {
	if check(text) != nil {
		return false
	}
	for key, value := range scan.Members(text) {
		if s, _ := scan.Text(value); string(key) == "arn" && strings.HasPrefix(s, "arn:") ||
			string(key) == "id" && strings.HasPrefix(s, "vpce-") {
			return true
		}
	}
	return false
}
