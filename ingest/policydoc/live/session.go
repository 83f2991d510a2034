package live

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"trail403/ingest/arn"
)

// own returns access to the caller's own account.
func (c *client) own(ctx context.Context) (*session, error) {
	s := c.sessionOf("")
	s.once.Do(func() {
		if s.err = c.load(ctx); s.err != nil {
			return
		}
		s.credentials = c.config.Credentials
		region := c.config.Region
		if !regionName.MatchString(region) {
			region = ""
		}
		s.partition = partitionOf(region)
		type identity struct {
			Account string `xml:"GetCallerIdentityResult>Account"`
			ARN     string `xml:"GetCallerIdentityResult>Arn"`
		}
		who, err := readXML[identity](c.call(ctx, s, ask(getCallerIdentity).to(s.partition, region, "")))
		a, ok := arn.Parse(who.ARN)
		switch {
		case err != nil:
			s.err = err
		case !ok || !arn.IsAccount(who.Account) || a.Account != who.Account || !partitionName.MatchString(a.Partition):
			s.err = errGarbled
		}
		s.account, s.partition = who.Account, a.Partition
	})
	return s, s.err
}

// in returns access to an account. Of an account that is not known, the caller's own is as
// good as any.
func (c *client) in(ctx context.Context, account string) (*session, error) {
	own, err := c.own(ctx)
	if err != nil || account == "" || account == own.account {
		return own, err
	}
	if c.opts.Role == "" {
		return nil, &accountError{account, errNoRole}
	}
	s := c.sessionOf(account)
	s.once.Do(func() {
		s.account, s.partition = account, own.partition
		if s.err = c.assume(ctx, own, s); s.err != nil && !isOver(s.err) && ctx.Err() == nil {
			s.err = &accountError{account, s.err}
		}
	})
	return s, s.err
}

func (c *client) sessionOf(account string) *session {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.sessions[account]
	if s == nil {
		s = &session{}
		c.sessions[account] = s
	}
	return s
}

// assume gets the credentials of a role in the account of the session. They live for longer
// than a run asks.
func (c *client) assume(ctx context.Context, own, s *session) error {
	region := c.config.Region
	if !regionName.MatchString(region) {
		region = ""
	}
	type assumed struct {
		ID      string `xml:"AssumeRoleResult>Credentials>AccessKeyId"`
		Secret  string `xml:"AssumeRoleResult>Credentials>SecretAccessKey"`
		Session string `xml:"AssumeRoleResult>Credentials>SessionToken"`
		ARN     string `xml:"AssumeRoleResult>AssumedRoleUser>Arn"`
	}
	role := "arn:" + s.partition + ":iam::" + s.account + ":role/" + c.opts.Role
	lifetime := fmt.Sprint(int((15 * time.Minute).Seconds())) // the shortest that AWS grants
	got, err := readXML[assumed](c.call(ctx, own, ask(assumeRole, "RoleArn", role, "RoleSessionName", "trail403",
		"DurationSeconds", lifetime).to(own.partition, region, "")))
	a, _ := arn.Parse(got.ARN)
	switch {
	case err != nil:
		return err
	case got.ID == "" || got.Secret == "" || got.Session == "" || a.Account != s.account:
		return errGarbled
	}
	s.credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: got.ID, SecretAccessKey: got.Secret, SessionToken: got.Session}, nil
	})
	return nil
}
