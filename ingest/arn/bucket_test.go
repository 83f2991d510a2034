package arn

import "testing"

func TestBucket(t *testing.T) {
	f := func(want, arn string) {
		t.Helper()
		if got := Bucket(arn); got != want {
			t.Errorf("%s: got %q, want %q", arn, got, want)
		}
	}
	f("b", "arn:aws:s3:::b")
	f("b", "arn:aws:s3:::b/")
	f("b", "arn:aws:s3:::b/k/bucket/x:y")
	f("b", "arn:aws-cn:s3:::b/*")
	f("b", "arn:aws-us-gov:s3:::b*")
	f("", "arn:aws:s3:::*")
	f("name--usw2-az1--x-s3", "arn:aws:s3express:us-west-2:111122223333:bucket/name--usw2-az1--x-s3")
	f("name--usw2-az1--x-s3", "arn:aws:s3express:us-west-2:111122223333:bucket/name--usw2-az1--x-s3/a/b/c/d/e")
	f("b", "arn:aws:s3-outposts:us-west-2:111122223333:outpost/op-1/bucket/b")
	f("b", "arn:aws:s3-outposts:us-west-2:111122223333:outpost/op-1/bucket/b/object/k")
	f("", "arn:aws:s3-outposts:us-west-2:111122223333:outpost/op-1/accesspoint/ap")
	f("tables", "arn:aws:s3tables:us-west-2:111122223333:bucket/tables/table/1234")
	f("vectors", "arn:aws:s3vectors:us-west-2:111122223333:bucket/vectors/index/i")
	f("", "arn:aws:s3:us-west-2:111122223333:accesspoint/ap")
	// The caller chooses keys: they name no bucket.
	f("", "arn:aws:s3:us-west-2:111122223333:accesspoint/ap/object/x/bucket/forged")
	f("", "arn:aws:s3:us-west-2:111122223333:accesspoint/ap/bucket/forged")
	f("", "arn:aws:s3-outposts:us-west-2:111122223333:outpost/op-1/accesspoint/ap/object/x/bucket/forged")
	f("", "arn:aws:s3express:us-west-2:111122223333:bucket")
	f("", "arn:aws:s3-outposts:us-west-2:111122223333:outpost/op-1")
	f("", "arn:aws:kms:us-west-2:111122223333:key/1")
	f("", "arn:aws:s3:::")
	f("", "corp-data")
	f("", "")
}
