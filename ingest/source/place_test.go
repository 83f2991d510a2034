package source

import "testing"

func TestTell(t *testing.T) {
	f := func(name, want string) {
		t.Helper()
		got := ""
		told := Tell(name)
		if day, ok := told.Day(); ok {
			got = told.Account + " " + told.Region + " " + day.Format("2006-01-02")
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
	}
	folder := "s3://logs/AWSLogs/o-exampleorg/111122223333/CloudTrail/eu-west-1/2026/10/05/"
	f(folder+"111122223333_CloudTrail_eu-west-1_20261005T2355Z_abc.json.gz", "111122223333 eu-west-1 2026-10-05")
	f("111122223333_CloudTrail_us-gov-west-1_20261006T0000Z_abc.json", "111122223333 us-gov-west-1 2026-10-06")
	f("trail.tar/444455556666_CloudTrail_us-east-1_20261006T0000Z_abc.json", "444455556666 us-east-1 2026-10-06")
	f(folder+"renamed.json", "111122223333 eu-west-1 2026-10-05")

	f("111122223333_CloudTrail-NetworkActivity_us-east-1_20261006T0000Z_abc.json.gz", "")
	f("AWSLogs/111122223333/CloudTrail-NetworkActivity/us-east-1/2026/10/05/x.json", "")
	f("111122223333_CloudTrail_us-east-1_20261306T0000Z_abc.json.gz", "")
	f("2026/10/05/x.json", "")
	f("standard input", "")
	f("", "")
}
