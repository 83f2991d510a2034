package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// differences returns what the changes of a report did, a line each.
func differences(t *testing.T, r *jsonReport) string {
	t.Helper()
	var report struct {
		Changes []struct {
			Name string `json:"event_name"`
			Diff []struct {
				Op, Sid, Before, After string
				Statement              int
			}
		}
	}
	if err := json.Unmarshal([]byte(r.text), &report); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range report.Changes {
		for _, d := range c.Diff {
			lines = append(lines, strings.Join([]string{c.Name, d.Op, d.Sid, d.Before, d.After}, " | "))
		}
	}
	return strings.Join(lines, "\n")
}

// The demo's changes replace documents that earlier calls set, weeks before.
func TestDemoDifferences(t *testing.T) {
	const demo = "../../../testdata/demo"
	const endpoint = "ModifyVpcEndpoint | added |  |  | Allow s3:GetObject on arn:aws:s3:::web-assets-public/* for everyone"
	const want = endpoint + `
ModifyVpcEndpoint | removed |  | Allow s3:* on all resources for everyone | 
PutKeyPolicy | removed | AllowUseByApps | Allow kms:Decrypt, kms:GenerateDataKey on all resources for ` +
		`arn:aws:iam::444455556666:role/finance/ledger, arn:aws:iam::444455556666:role/reporting/dashboard, ` +
		`arn:aws:iam::111122223333:role/app/settlement | 
PutBucketPolicy | added | DenyOutsideVpce |  | Deny s3:* on arn:aws:s3:::corp-data, arn:aws:s3:::corp-data/* ` +
		`for everyone if StringNotEquals aws:SourceVpce vpce-0d4c3b2a190807f6e`
	one, three := runJSON(t, OK, "--workers", "1", demo), runJSON(t, OK, "--workers", "3", demo)
	if got := differences(t, &one); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if one.text != three.text {
		t.Error("the report depends on the number of workers")
	}
	// Without the weeks before, nothing is compared.
	late := runJSON(t, OK, "--from", "2026-10-28", "--history", "0", demo)
	if got := differences(t, &late); got != "" || !strings.Contains(late.text, `"diff":null`) {
		t.Errorf("got\n%s", got)
	}
	if strings.Contains(differences(t, &one), "AllowReports") {
		t.Error("a statement that did not change is among the differences")
	}
}

// Of a document that differs, only the statements concerned are printed.
func TestDemoDifferencesInMarkdown(t *testing.T) {
	out := filepath.Join(t.TempDir(), "report.md")
	var errs bytes.Buffer
	env := Env{
		Args: []string{"report", "-o", out, "../../../testdata/demo"}, Stdout: &errs, Stderr: &errs,
		Now: testNow, IsTerminal: func(any) bool { return false },
		TerminalWidth: func(any) int { return 0 }, Getenv: func(string) string { return "" },
	}
	if code := Run(t.Context(), env); code != OK {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	page := strings.ReplaceAll(string(text), "\u00a0", " ")
	for _, want := range []string{
		"Compared with the version that was set on Oct 2 09:30:12 UTC, the bucket policy of `corp-data` has 1 difference:",
		"Statement 2 (`DenyOutsideVpce`) was added: `Deny s3:* on ",
		"Statement 2 (`AllowUseByApps`) was removed: `Allow kms:Decrypt, ",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page, "AllowReports") {
		t.Error("a statement that did not change is printed")
	}
}
