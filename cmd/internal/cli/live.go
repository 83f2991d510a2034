package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/pflag"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
	"trail403/ingest/policydoc/live"
)

// liveFlags are the flags of commands that can read policies from AWS.
type liveFlags struct {
	live     bool
	liveRole string
}

func (o *liveFlags) add(fs *pflag.FlagSet) {
	fs.BoolVar(&o.live, "live", false,
		"also read the policies that denials name from AWS, as they are now, with the credentials of the AWS "+
			"configuration. Makes only calls that read")
	fs.StringVar(&o.liveRole, "live-role", "",
		"with --live, assume the role `NAME` in each account that is not the one of the credentials")
}

// plan returns a reader of policies, nil without --live. It makes no call yet.
func (o *liveFlags) plan(env Env, profile, region string) (*live.Reader, error) {
	switch {
	case o.liveRole != "" && !o.live:
		return nil, usagef("--live-role has no effect without --live").hint("add --live")
	case o.liveRole != "" && !live.IsRole(o.liveRole):
		return nil, usagef("--live-role is not the name of a role").
			hint("write the name alone, such as trail403-reader, or with its path: audit/trail403-reader")
	case !o.live:
		return nil, nil
	}
	return live.New(live.Options{
		Profile: profile, Region: region, Role: o.liveRole, Now: env.Now, Retry: env.Retry, Patience: env.Stall,
	}), nil
}

// asking returns what asks AWS for policies, nil without a reader.
func asking(ctx context.Context, r *live.Reader) func([]event.Wanted) *event.Reading {
	if r == nil {
		return nil
	}
	return func(wanted []event.Wanted) *event.Reading { return r.Read(ctx, wanted) }
}

// closeLive ends the connections of a reader, if there is one.
func closeLive(r *live.Reader) {
	if r != nil {
		r.Close()
	}
}

// tellLive says what was read from AWS and what was not. It returns whether everything was.
func tellLive(w io.Writer, r *event.Reading) bool {
	if r == nil {
		return true
	}
	for _, u := range r.Notes {
		complain(w, "note", errors.New(unreadText(&u)))
	}
	for _, note := range unreadable(r.Snapshots) {
		complain(w, "warning", errors.New(note))
	}
	for _, u := range r.Failures {
		err := errors.New("not read from AWS: " + unreadText(&u))
		if u.Hint != "" {
			err = hintedError{err, []string{u.Hint}}
		}
		complain(w, "warning", err)
	}
	if r.MoreFailures > 0 {
		complain(w, "warning", fmt.Errorf("further failures: %d", r.MoreFailures))
	}
	if !r.At.IsZero() {
		complain(w, "note", fmt.Errorf("%s read from AWS with %s, as of %s UTC", policiesWere(r.Documents),
			counted(r.Calls, "call"), r.At.Format(time.DateTime)))
	}
	return r.IsComplete()
}

func policiesWere(n int) string {
	if n == 1 {
		return "1 policy was"
	}
	return fmt.Sprintf("%d policies were", n)
}

// unreadText says what was not read and why.
func unreadText(u *event.Unread) (s string) {
	if u.Of.Name != "" {
		s = shown(arnOrName(u.Of), shownOfText)
		if u.Account != "" && !arn.Valid(u.Of.Name) {
			s += " (account " + u.Account + ")"
		}
		s += ": "
	} else if u.Account != "" {
		s = "account " + u.Account + ": "
	}
	if u.Call != "" {
		s += u.Call + ": "
	}
	return s + u.Why
}

// arnOrName names a thing: an ARN tells what it is.
func arnOrName(t event.Target) string {
	if arn.Valid(t.Name) {
		return t.Name
	}
	return t.Type + " " + t.Name
}

// unreadable returns the documents that are not policies.
func unreadable(snapshots []event.Snapshot) (list []string) {
	for _, s := range snapshots {
		for _, d := range s.Documents {
			if d.Text == "" {
				continue
			}
			if _, err := policydoc.Parse([]byte(d.Text)); err != nil {
				list = append(list, fmt.Sprintf("the policy of %s cannot be read: %v", shown(arnOrName(d.Of), shownOfText), err))
			}
		}
	}
	return list
}
