package filter

import (
	"errors"
	"strings"
	"testing"
)

// reader is a denial that tests change.
func reader(change func(*Denial)) *Denial {
	d := &Denial{
		Principal: "arn:aws:iam::111122223333:role/app/reader", Action: "s3:GetObject", Bucket: "corp-data",
		BucketAccount: "444455556666", Cause: "scp-explicit",
		PolicyARN: "arn:aws:organizations::999988887777:policy/o-1/service_control_policy/p-6v4y751d",
	}
	if change != nil {
		change(d)
	}
	return d
}

func TestFilter(t *testing.T) {
	f := func(want bool, flags ...string) {
		t.Helper()
		s := &Selection{}
		for _, flag := range flags {
			field, glob, _ := strings.Cut(flag, "=")
			if err := s.Only.Add(Field(field), glob); err != nil {
				t.Fatal(err)
			}
		}
		if got := s.Excludes(reader(nil)) == Nothing; got != want {
			t.Errorf("%v keeps: %v", flags, got)
		}
		if want && s.WillExclude(reader(nil)) {
			t.Errorf("%v keeps it, but WillExclude says otherwise", flags)
		}
		for i, c := range s.Only.Conditions() {
			if got := string(c.Field) + "=" + c.Glob; got != flags[i] {
				t.Errorf("condition %d is %q, want %q", i, got, flags[i])
			}
		}
	}
	f(true)
	f(true, "principal=reader")
	f(true, "principal=arn:aws:iam::111122223333:role/app/reader")
	f(true, "principal=arn:aws:iam::111122223333:role/reader") // without its path
	f(false, "principal=writer")
	f(true, "account=111122223333") // either side
	f(true, "account=444455556666")
	f(true, "account=4444*")
	f(false, "account=999988887777")
	f(true, "policy=p-6v4y751d")
	f(true, "cause=scp-*", "action=GetObject")
	// Any of one flag, all of different flags.
	f(true, "bucket=other", "bucket=corp-*")
	f(false, "bucket=corp-*", "action=PutObject")
	f(false, "bucket=other", "bucket=another")
}

// A pattern that can match nothing is a slip of its writer.
func TestFilterRefuses(t *testing.T) {
	f := func(field Field, glob string, problem Problem, instead string) {
		t.Helper()
		var filter Filter
		var got *Invalid
		want := Invalid{problem, field, glob, instead}
		if err := filter.Add(field, glob); !errors.As(err, &got) || *got != want {
			t.Errorf("%s %q: error %v, want %+v", field, glob, err, want)
		}
	}
	f(Cause, "scp", NoCause, "")
	f(Account, "prod", NotAccount, "")
	f(Account, "1111", NotAccount, "")
	f(Account, "1111????????1", NotAccount, "")
	f(Principal, "arn:aws:sts::111122223333:assumed-role/reader/i-1", IsSession, "arn:aws:iam::111122223333:role/reader")
	f(Principal, "arn:aws-cn:sts::*:assumed-role/*/i-*", IsSession, "arn:aws-cn:iam::*:role/*")
	f(Bucket, "arn:aws:s3:::corp-data/*", NotName, "corp-data")
	f(Bucket, "arn:aws-cn:s3:::corp-data", NotName, "corp-data")
	f(Bucket, "s3://corp-data/a", NotName, "corp-data")
	f(Bucket, "", Empty, "")
	f(Bucket, "corp-data,corp-logs", Comma, "")
	f(Bucket, strings.Repeat("a", MaxPattern+1), TooLong, "")
	f(Bucket, "a\xff", NotUTF8, "")
}

// WillExclude looks at one record alone: what others may tell does not count.
func TestWillExclude(t *testing.T) {
	f := func(want bool, flag string, change func(*Denial)) {
		t.Helper()
		s := &Selection{}
		field, glob, _ := strings.Cut(flag, "=")
		if err := s.Only.Add(Field(field), glob); err != nil {
			t.Fatal(err)
		}
		if got := s.WillExclude(reader(change)); got != want {
			t.Errorf("%s: %v", flag, got)
		}
	}
	f(true, "cause=kms-key", nil)
	f(true, "policy=other", nil)
	f(true, "bucket=other", nil)
	f(true, "action=PutObject", nil)
	f(false, "principal=*:role/app/reader", func(d *Denial) { d.Principal = "arn:aws:iam::111122223333:role/reader" })
	f(false, "account=444455556666", func(d *Denial) { d.BucketAccount = "" })
}
