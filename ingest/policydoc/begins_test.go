package policydoc

import "testing"

// Of a resource that begins with a/b, the rest can be anything.
func TestResourceOpen(t *testing.T) {
	const resource = "arn:aws:s3:::corp-data/a/b"
	for pattern, want := range map[string]Truth{
		"*": Holds, "arn:aws:s3:::corp-data/*": Holds, "arn:aws:s3:::corp-*/a/*": Holds,
		"arn:aws:s3:::corp-data/a/b*": Holds, "arn:aws:s3:::corp-data/*/?*": Holds,
		"arn:aws:s3:::corp-data/a/b": Unseen, "arn:aws:s3:::corp-data/a/b/c": Unseen,
		"arn:aws:s3:::corp-data/a/bc*": Unseen, "arn:aws:s3:::corp-data/*.csv": Unseen,
		"arn:aws:s3:::corp-data": Fails, "arn:aws:s3:::corp-data/a": Fails,
		"arn:aws:s3:::corp-data/b*": Fails, "arn:aws:s3:::other/*": Fails,
	} {
		s := Statement{Effect: Deny, Actions: Names{Given: true, Values: []string{"*"}},
			Resources: Names{Given: true, Values: []string{pattern}}}
		r := Request{Action: "s3:GetObject", Resource: resource, ResourceOpen: true}
		m := s.Match(&r)
		if m.Resource != want || (len(m.Unseen) > 0) != (want == Unseen) {
			t.Errorf("%s: %v %q, want %v", pattern, m.Resource, m.Unseen, want)
		}
	}
}
