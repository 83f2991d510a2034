package rows

import (
	"strings"
	"testing"
)

// Texts come back as they were, whether they are parts of each other or not, however
// long they are.
func TestDetailTexts(t *testing.T) {
	var of shapes
	long := strings.Repeat("\ufffd", 30_000)
	for _, x := range [][4]string{
		{}, {"m", "", "", ""}, {"", "k", "", ""}, {"", "", "s", ""}, {"", "", "", "r"},
		{"User: a/s, b/k", "k", "s", "r"}, {"m", "k", "k", "k"},
		{"m", "key", "e", "y"}, {"ab", "bc", "cd", "de"}, {long, long + "k", long + "s", long + "r"},
		{"User: reader/job may not s3:GetObject corp-data/a/job/reader", "a/job/reader", "job", "r"},
		{"job job corp-data corp-datas3:GetObject", "corp-data", "corp-data", "r"},
	} {
		w := wordsOf("arn:aws:iam::111122223333:role/app/reader", "s3:GetObject", "corp-data")
		d := Detail{detail{shape: of.of(w, x[0], x[1], x[2])}, w}
		d.setTexts(x[1], x[2], x[3], x[1])
		if got := [4]string{d.Text(), d.Key(), d.Session(), d.Request()}; got != x || d.Caller() != x[1] {
			t.Errorf("%.20q come back as %.20q", x, got)
		}
	}
}

// Messages that differ only in the names of their group have one shape.
func TestShapes(t *testing.T) {
	var of shapes
	message := func(role, key, session string) string {
		w := wordsOf("arn:aws:iam::111122223333:role/app/"+role, "s3:GetObject", "corp-data")
		return of.of(w, "User: arn:aws:sts::111122223333:assumed-role/"+role+"/"+session+" is not authorized to perform: "+
			"s3:GetObject on resource: \"arn:aws:s3:::corp-data/"+key+"\"", key, session)
	}
	if a, b := message("reader", "a/b.csv", "job-1"), message("writer", "c.csv", "job-2"); a != b || len(a) > 130 {
		t.Errorf("%q and %q", a, b)
	}
}

// FuzzShape takes any texts of a log for a message and its parts.
func FuzzShape(f *testing.F) {
	f.Add("User: a/reader/s may not read b/k", "k", "s", "reader", "b")
	f.Add("aaa\ufffdaaaa", "aaa", "aaaa", "\ufffd", "aa")
	f.Fuzz(func(t *testing.T, message, key, session, role, bucket string) {
		for _, s := range []*string{&message, &key, &session, &role, &bucket} {
			*s = strings.ToValidUTF8(*s, "\ufffd")
		}
		var of shapes
		w := wordsOf("arn:aws:iam::111122223333:role/"+role, "s3:GetObject", bucket)
		m := Message{of.of(w, message, key, session), w}
		if got := m.Text(key, session); got != message {
			t.Errorf("%q comes back as %q", message, got)
		}
	})
}
