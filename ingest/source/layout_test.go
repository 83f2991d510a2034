package source

import (
	"testing"
	"time"
)

func TestIsPruned(t *testing.T) {
	f := func(want bool, folders ...string) {
		t.Helper()
		for _, folder := range folders {
			if got := IsPruned(folder); got != want {
				t.Errorf("%s: got %v", folder, got)
			}
		}
	}
	f(true,
		"AWSLogs/111122223333/CloudTrail-Digest",
		"AWSLogs/o-exampleorg/111122223333/CloudTrail-Insight",
		"/abs/AWSLogs/111122223333/CloudTrail-Aggregated",
		"AWSLogs/111122223333/CloudTrail-Digest/",
		"CloudTrail-Digest",
		"AWSLogs/111122223333/Config",
		"AWSLogs/111122223333/elasticloadbalancing", "AWSLogs/o-exampleorg/111122223333/vpcflowlogs/", "111122223333/WAFLogs", "AWSLogs/111122223333/GuardDuty",
		"s3://bucket/AWSLogs/o-exampleorg/111122223333/Config/",
	)
	f(false,
		"AWSLogs/111122223333/CloudTrail",
		"AWSLogs/111122223333/CloudTrail-NetworkActivity",
		"AWSLogs/111122223333/CloudTrail-Digest/us-east-1",
		"AWSLogs/111122223333/CloudTrail-Digest-copy",
		"AWSLogs/111122223333/cloudtrail-digest",
		"Config", "app/Config", "vpcflowlogs", "app/GuardDuty", "AWSLogs/111122223333/team", "AWSLogs/11112222333/Config", "AWSLogs/1111222233334/Config", "111122223333/Config/x",
		"", "/", ".",
	)
}

func TestDelivered(t *testing.T) {
	f := func(name, want string) {
		t.Helper()
		begin, end, ok := Delivered(name)
		span := 24 * time.Hour
		if layout := "2006-01-02T15:04"; len(want) == len(layout) {
			span = time.Minute
		} else if want != "" {
			want += "T00:00"
		}
		if ok != (want != "") || ok && (begin.Format("2006-01-02T15:04") != want || end.Sub(begin) != span || begin.Location() != time.UTC) {
			t.Errorf("%s: got %v, %v, %v, want %q", name, begin, end, ok, want)
		}
	}
	const folder = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/05/"
	// The file's name tells first: people move files.
	f(folder+"111122223333_CloudTrail_us-east-1_20261005T2359Z_abc.json.gz", "2026-10-05T23:59")
	f("x/111122223333_CloudTrail_us-east-1_20261006T0000Z_abc.json.gz", "2026-10-06T00:00")
	f("111122223333_CloudTrail_us-gov-west-1_20261006T0000Z_abc.json", "2026-10-06T00:00")
	f(folder+"111122223333_CloudTrail_us-east-1_20261104T0000Z_abc.json.gz", "2026-11-04T00:00")
	f("111122223333_CloudTrail-NetworkActivity_us-east-1_20261006T0000Z_abc.json.gz", "2026-10-06T00:00")
	// Then the folder, behind a Region.
	f(folder+"renamed.json", "2026-10-05")
	f(folder+"111122223333_CloudTrail_us-east-1-20261104T0000.json", "2026-10-05")
	f("us-gov-west-1/2026/10/05/x", "2026-10-05")
	f("/a/cn-north-1/2026/10/05/x", "2026-10-05")
	f("eusc-de-east-1/2026/10/05/x", "2026-10-05")
	f("us-isob-east-1/2026/10/05/x", "2026-10-05")
	f("s3://bucket/AWSLogs/o-exampleorg/111122223333/CloudTrail/ap-southeast-3/2024/02/29/x.gz", "2024-02-29")
	// Nothing else: a date that means something else must not hide an object.
	f("2026/10/05/x.json", "")
	f("backup/2026/10/05/x.json", "")
	f("us-east-1/2026/10/x.json", "")
	f("us-east-1/2026/10/05", "")
	f("us-east-1/2026/10/05/deeper/x.json", "")
	f("us-east-1/2026/13/05/x.json", "")
	f("us-east-1/2026/02/30/x.json", "")
	f("us-east-1/0000/00/00/x.json", "")
	f("111122223333_CloudTrail_us-east-1_20261306T0000Z_abc.json.gz", "")
	f("111122223333_CloudTrail_us-east-1_20261006T2500Z_abc.json.gz", "")
	f("copy-111122223333_CloudTrail_us-east-1_20261006T0000Z_abc.json.gz", "")
	f("standard input", "")
	f("", "")
	f("/", "")
}
