package browser

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// crowd writes an archive with many groups of denials in 30 days, and some incidents,
// and returns its folder.
func crowd(t *testing.T, groups int) string {
	t.Helper()
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "trail.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	w := gzip.NewWriter(f)
	start := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	fmt.Fprint(w, `{"Records":[`)
	n := 0
	add := func(at time.Time, role, bucket int, why string) {
		if n++; n > 1 {
			fmt.Fprint(w, ",")
		}
		user := fmt.Sprintf("arn:aws:sts::111122223333:assumed-role/team-%03d-worker/s", role)
		name := fmt.Sprintf("data-of-department-%03d", bucket)
		record, _ := json.Marshal(map[string]any{
			"eventVersion": "1.11", "eventSource": "s3.amazonaws.com", "eventName": "GetObject", "awsRegion": "eu-central-1",
			"eventTime": at.Format(time.RFC3339), "eventID": fmt.Sprintf("00000000-0000-4000-8000-%012d", n),
			"eventCategory": "Data", "eventType": "AwsApiCall", "managementEvent": false, "recipientAccountId": "111122223333",
			"sourceIPAddress": fmt.Sprintf("10.0.%d.%d", role%200, bucket%200), "userAgent": "[aws-cli/2.15.0]", "errorCode": "AccessDenied",
			"errorMessage": fmt.Sprintf("User: %s is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::%s/k\" %s", user, name, why),
			"userIdentity": map[string]any{
				"type": "AssumedRole", "arn": user, "accountId": "111122223333", "principalId": fmt.Sprintf("AROA%03d:s", role),
				"sessionContext": map[string]any{"sessionIssuer": map[string]any{
					"type": "Role", "arn": fmt.Sprintf("arn:aws:iam::111122223333:role/team-%03d-worker", role), "accountId": "111122223333",
				}},
			},
			"requestParameters": map[string]any{"bucketName": name, "key": "k"},
			"resources":         []map[string]any{{"type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::" + name, "accountId": "111122223333"}},
		})
		w.Write(record)
	}
	for g := range groups {
		role, bucket := g%100, g/100
		why := "because no identity-based policy allows the s3:GetObject action"
		from, every := 0, 40*time.Hour+time.Duration(g%7)*time.Hour
		if bucket%10 == 3 {
			why = "with an explicit deny in a resource-based policy"
			from, every = 20+bucket%8, 9*time.Hour
		}
		for at := start.AddDate(0, 0, from).Add(time.Duration(g%97) * 7 * time.Minute); at.Before(start.AddDate(0, 0, 30)); at = at.Add(every) {
			add(at, role, bucket, why)
		}
	}
	fmt.Fprint(w, "]}")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}
