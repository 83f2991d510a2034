package browser

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
)

// hostileTexts would run, load or leave the page if they were taken for HTML.
var hostileTexts = []string{
	`<script>window.ran = 1</script>`, `</script><script>window.ran = 2</script>`, `<img src=x onerror="window.ran = 3">`,
	`"><svg onload="window.ran = 4">`, `' onmouseover='window.ran = 5`, `</title></svg><iframe src="https://example.com"></iframe>`,
	`</style><style>@import "https://example.com/x.css"</style>`, `<a href="javascript:window.ran = 6">x</a>`, `</div><form action="https://example.com">`,
	`<base href="https://example.com/">`, `<meta http-equiv="refresh" content="0;url=https://example.com">`, "\u202e\u0000\ufdd0<b>\ufddcalarms\ufddf", `<!--`, `]]>`, `{{.}}`, "${window.ran = 7}",
}

// Whatever a log has in any of its fields: nothing of it runs, loads, or becomes an
// element, also where the script shows it.
func TestHostile(t *testing.T) {
	chromium(t)
	dir := t.TempDir()
	var records []map[string]any
	for i, s := range hostileTexts {
		for k := range 24 {
			records = append(records, map[string]any{
				"eventVersion": "1.11", "eventSource": "s3.amazonaws.com", "eventName": "GetObject", "awsRegion": s,
				"eventTime": "2026-10-01T0" + strconv.Itoa(k%10) + ":00:00Z", "eventID": s + strconv.Itoa(k), "recipientAccountId": "111122223333",
				"sourceIPAddress": s, "userAgent": s, "errorCode": "AccessDenied", "vpcEndpointId": s,
				"errorMessage":      "User: " + s + " is not authorized to perform: s3:GetObject on resource: \"" + s + "\" because no identity-based policy allows " + s,
				"userIdentity":      map[string]any{"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/" + s, "accountId": "111122223333", "userName": s},
				"requestParameters": map[string]any{"bucketName": s, "key": s + strconv.Itoa(i)},
			})
		}
		records = append(records, map[string]any{
			"eventVersion": "1.11", "eventSource": "s3.amazonaws.com", "eventName": "PutBucketPolicy", "awsRegion": s,
			"eventTime": "2026-09-30T23:59:00Z", "eventID": "c" + s, "recipientAccountId": "111122223333", "sourceIPAddress": s,
			"userIdentity":      map[string]any{"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/" + s, "accountId": "111122223333", "userName": s},
			"requestParameters": map[string]any{"bucketName": s, "bucketPolicy": map[string]any{"Statement": []any{map[string]any{"Sid": s, "Effect": "Deny"}}}},
		})
	}
	text, err := json.Marshal(map[string]any{"Records": records})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "trail.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t, "file://"+filepath.Join(reportOn(t, dir), "report.html")).ready()
	if b.number(rows) < len(hostileTexts)-3 {
		t.Errorf("the page shows %s groups", b.text(rows))
	}
	b.run(chromedp.Evaluate(`(() => {
		for (const button of document.querySelectorAll("#table tbody button.open")) {
			button.click();
			document.querySelector("#drawer .bar button:last-child").click();
		}
	})()`, nil))
	b.want(`window.ran`, "undefined")
	b.want(`document.querySelectorAll("img, iframe, form, base, object, embed, link, main style, main script, b, meta[http-equiv=refresh]").length`, "0")
	b.want(`[...document.querySelectorAll("a")].filter((a) => !a.getAttribute("href").startsWith("#")).length`, "0")
	b.want(`[...document.querySelectorAll("*")].filter((e) => e.getAttributeNames().some((n) => n.startsWith("on") || n === "style")).filter((e) => e.id !== "tip").length`, "0")
}
