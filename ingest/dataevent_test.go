package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"trail403/ingest/coverage"
)

// call is a record of a call without an error, with more members.
func call(source, name, more string) string {
	return fmt.Sprintf(`{"eventVersion":"1.11","userIdentity":{"type":"Root"},"eventTime":"2026-10-05T12:00:00Z","eventSource":%q,"eventName":%q%s}`, source, name, more)
}

func TestDataEvents(t *testing.T) {
	f := func(want bool, records ...string) {
		t.Helper()
		c, _ := run(t, Options{}, memory{"x.json": trail(records...)})
		if got := c.DataEvents.Any(); got != want || len(c.DataEvents) != 1 {
			t.Errorf("%q: got %v", records, c.DataEvents)
		}
	}
	const s3 = "s3.amazonaws.com"
	f(false, other("a"))
	f(false, call(s3, "PutBucketPolicy", `,"managementEvent":true,"eventCategory":"Management"`))
	f(false, call(s3, "ListBuckets", ""))
	f(true, denied("a"))
	f(true, other("a"), other("b"), denied("a"))
	f(true, call(s3, "GetObject", `,"managementEvent":false,"eventCategory":"Data"`))
	f(true, call(s3, "GetObject", `,"managementEvent":"false"`)) // 1.06
	f(true, call(s3, "HeadBucket", ""))                          // 1.05
	f(true, call(s3, "SomeObjectCallOfTomorrow", `,"eventCategory":"Data"`))
	f(true, call("s3express.amazonaws.com", "CreateSession", `,"eventCategory":"Data"`))
	f(true, call(s3, "GetObject", `,"requestParameters":{"eventName":"PutBucketPolicy"}`))
	f(true, call(s3, "PutBucketPolicy", ""), strings.Replace(denied("a"), `"GetObject"`, `"\u0047etObject"`, 1))
	// The same names elsewhere, and what is no request for an object.
	f(false, call(s3, "GetBucketObjectLockConfiguration", ""))
	f(false, call(s3, "GetObject", `,"eventCategory":"Management"`))
	f(false, call(s3, "GetObject", `,"managementEvent":true`))
	f(false, call(s3, "GetObject", `,"eventType":"AwsVpceEvent","eventCategory":"NetworkActivity"`))
	f(false, call(s3, "GetObject", `,"eventType":"AwsVpceEvents"`))
	f(false, call("codecommit.amazonaws.com", "GetObject", `,"eventCategory":"Data"`))
	f(false, call("s3tables.amazonaws.com", "GetObject", `,"eventCategory":"Data"`))
	f(false, call("lambda.amazonaws.com", "Invoke", `,"eventCategory":"Data"`))
}

// Accounts go by the names of objects. What failed tells nothing, and neither does an
// object without a record.
func TestDataEventsOfAccounts(t *testing.T) {
	name := func(account string, n int) string {
		return fmt.Sprintf("%s_CloudTrail_us-east-1_20261005T12%02dZ_x.json.gz", account, n)
	}
	files := memory{}
	for n := range 20 {
		files[name("111122223333", n)] = gz(trail(other("a")))
		files[name("444455556666", n)] = gz(trail(other("a"), denied(fmt.Sprint("d", n))))
	}
	files[name("111122223333", 50)] = gz(trail(denied("x")))[:40]
	files[name("111122223333", 51)] = gz(tarOf(t, packed{"a.json", trail(denied("x"))}))[:150]
	files[name("777788889999", 0)] = gz(trail())
	files[name("999988887777", 0)] = gz(trail("{}"))
	c, _ := run(t, Options{}, files)
	if got := c.DataEvents.Without(); !slices.Equal(got, []string{"111122223333"}) || len(c.DataEvents) != 2 {
		t.Errorf("got %v of %v, %v", got, c.DataEvents, c.Failures)
	}
	files["unknown.json"] = trail(denied("y"))
	if c, _ = run(t, Options{}, files); c.DataEvents.Without() != nil || !c.DataEvents.Any() {
		t.Errorf("with data events of an unknown account: got %v", c.DataEvents)
	}
	for n := range 20 {
		delete(files, name("444455556666", n))
	}
	delete(files, "unknown.json")
	if c, _ = run(t, Options{}, files); c.DataEvents.Without() != nil || c.DataEvents.Any() {
		t.Errorf("without data events: got %v", c.DataEvents)
	}
}

// Other kinds of logs are told by what they hold.
func TestOtherLogs(t *testing.T) {
	f := func(want coverage.Log, content string) {
		t.Helper()
		for name, bytes := range map[string]string{"plain": content, "gzip": gz(content)} {
			c, _ := run(t, Options{}, memory{name: bytes})
			if s := c.OtherLogs[want]; result(c) != "1 not-cloudtrail" || want != "" && s != (coverage.Sample{Objects: 1, Name: name}) || want == "" && c.OtherLogs != nil {
				t.Errorf("%.80q: got %s, %v", content, result(c), c.OtherLogs)
			}
		}
	}
	f(coverage.FlowLog, "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n2 123456789010 eni-1235b8ca 172.31.16.139")
	f(coverage.FlowLog, "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK\n")
	f(coverage.FlowLog, "2020-01-01T00:00:00.000Z 2 unknown eni-1235b8ca123456789 - - - - - - - 1418530010 1418530070 - NODATA\n")
	f(coverage.FlowLog, "pkt-srcaddr srcaddr dstaddr\r\n10.0.0.1 10.0.0.2 10.0.0.3\r\n")
	f(coverage.LoadBalancerLog, `http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.1"`+"\n")
	f(coverage.LoadBalancerLog, `tls 2.0 2018-12-20T02:59:40 net/my-network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd 72.21.218.154:51341`+"\n")
	f(coverage.LoadBalancerLog, `2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -`+"\n")
	f(coverage.AccessLog, `79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be amzn-s3-demo-bucket1 [06/Feb/2019:00:00:38 +0000] 192.0.2.3 - 3E57427F3EXAMPLE REST.GET.VERSIONING - "GET /amzn-s3-demo-bucket1?versioning HTTP/1.1" 403 AccessDenied`+"\n")
	f(coverage.AccessLog, `{"bucket_arn":"arn:aws:s3:::b","http_status":403,"error_code":"AccessDenied","requester":"-","remote_ip":"10.0.0.1","operation":"REST.GET.OBJECT","key_name":"k"}`+"\n")
	f("", "trail403 reads CloudTrail\n")
	f("", "2 dogs and 123456789010 cats\n")
	f("", `{"requester":"x","remote_ip":"10.0.0.1"}`)

	c, _ := run(t, Options{}, memory{"b": "srcaddr dstaddr\n", "a": "srcaddr dstaddr\n", "c": "srcaddr dstaddr\n"})
	if s := c.OtherLogs[coverage.FlowLog]; s != (coverage.Sample{Objects: 3, Name: "a"}) {
		t.Errorf("got %+v", s)
	}
}
