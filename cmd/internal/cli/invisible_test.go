package cli

import (
	"strings"
	"testing"

	escape "trail403/report/page"
)

// Characters that nobody sees never come out as they are, neither in an answer and the
// commands in it, nor in an error.
func TestInvisibleCharacters(t *testing.T) {
	for _, c := range []string{"\u3164", "\u115f", "\ufe0f", "\u2800", "\u202e", "\u200b", "\u00ad", "\U000e0041", "\x1b"} {
		name := "corp" + c + "data"
		message := "User: arn:aws:iam::111122223333:user/ana is not authorized to perform: s3:GetObject on resource: " +
			`"arn:aws:s3:::` + name + `/a" with an explicit deny in a resource-based policy`
		for _, args := range [][]string{
			{"explain", message},
			{"explain", "what is " + name},
			{"report", "no" + name},
			{"report", "--exclude", "no" + name, "."},
			{"report", "--by", name, "."},
			{"report", "s3://" + name},
			{"re" + c + "port"},
		} {
			env, out, errs := testEnv(args...)
			Run(t.Context(), env)
			said := out.String() + errs.String()
			for _, r := range said {
				if r != '\n' && escape.IsHostile(r) {
					t.Errorf("%q: printed %q", args, r)
				}
			}
			if !strings.Contains(said, `\`) {
				t.Errorf("%q: nothing is escaped in %q", args, said)
			}
		}
	}
}
