package cli

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"trail403/ingest/policydoc"
	"trail403/ingest/policydoc/live"
	"trail403/ingest/policydoc/live/livetest"
)

// liveServer answers as AWS would about what the scripts name. It is not that of the
// environment of this process.
func liveServer(t *testing.T) *livetest.Server {
	const allow = `{"Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::corp-data/*"}}`
	s := livetest.Start(t)
	s.Roles = map[string]map[string]string{"reader": {"Data": allow}}
	s.Users = map[string]map[string]string{"mary": {"Data": allow}}
	s.Buckets = map[string]*livetest.Bucket{"corp-data": {Owner: livetest.Account, Policy: `{"Statement":{"Sid":"OnlyOurEndpoint",` +
		`"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::corp-data/*",` +
		`"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-0a1b"}}}}`}}
	s.Trusting = []string{"444455556666"}
	s.Before = func(w http.ResponseWriter, call string) bool {
		if call == "GetKeyPolicy" {
			livetest.FailJSON(w, "AccessDeniedException")
		}
		return call == "GetKeyPolicy"
	}
	return s
}

// docs/policies.md lists exactly the permissions of the calls that are made.
func TestLivePermissions(t *testing.T) {
	text, err := os.ReadFile("../../../docs/policies.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "### From AWS")
	_, rest, _ = strings.Cut(rest, "```json\n")
	document, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("docs/policies.md has no policy for --live")
	}
	if _, err := policydoc.Parse([]byte(document)); err != nil {
		t.Fatal(err)
	}
	var policy struct{ Statement []struct{ Action []string } }
	if err := json.Unmarshal([]byte(document), &policy); err != nil {
		t.Fatal(err)
	}
	var documented []string
	for _, s := range policy.Statement {
		documented = append(documented, s.Action...)
	}
	needed := live.Permissions()
	slices.Sort(documented)
	slices.Sort(needed)
	if !slices.Equal(documented, needed) {
		t.Errorf("docs/policies.md has  %q\nthe calls need  %q", documented, needed)
	}
}
