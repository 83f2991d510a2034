// Package livetest is a server for tests that answers as IAM, STS, EC2, KMS, Organizations
// and S3 do, about a few things.
//
//  1. server.go says what the server knows, and which calls were made.
//  2. query.go, json.go and rest.go answer in the protocols of the services.
//  3. serve.go tells which call a request is, and gives tests a chance to answer in its place.
package livetest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
)

// Account is that of the credentials.
const Account = "111122223333"

// Server answers about what it was given.
type Server struct {
	*httptest.Server
	// Before is called before each call, with its name, and may answer in its place.
	Before func(w http.ResponseWriter, call string) (done bool)

	// Roles and Users have inline policies by name, and Attached are ARNs of managed policies,
	// by the name of a role, user or group. Groups are those of a user, with inline policies.
	Roles, Users, Groups map[string]map[string]string
	Attached, Member     map[string][]string
	Boundary             map[string]string // by the name of a role or user
	Managed              map[string]string // documents by ARN
	Buckets              map[string]*Bucket
	Points, Keys         map[string]string // policies by name, and by id
	Endpoints            map[string]string // policies by id
	Organization         map[string]string // contents by id; those that begin with p-rcp are RCPs
	AttachedTo           map[string][]string
	Parents              map[string]string
	Manager              string // the management account
	Trusting             []string

	mu    sync.Mutex
	calls []Call
}

// Call is a call that was made.
type Call struct {
	Name, Account string // whose credentials signed it
	Region        string
	Parameters    string
}

// Bucket is a bucket.
type Bucket struct {
	Owner, Region, Policy  string
	Blocks, Ownership, ACL string // in XML; empty: none
}

// Environment returns the variables with which the SDK asks this server.
func (s *Server) Environment() map[string]string {
	env := map[string]string{
		"AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": keyOf(Account), "AWS_SECRET_ACCESS_KEY": "x", "AWS_SESSION_TOKEN": "",
		"AWS_CONFIG_FILE": "/nonexistent", "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent", "AWS_PROFILE": "",
	}
	for _, service := range []string{"STS", "IAM", "EC2", "KMS", "ORGANIZATIONS", "S3", "S3_CONTROL"} {
		env["AWS_ENDPOINT_URL_"+service] = s.URL
	}
	return env
}

// keyOf returns an access key id from which the server sees the account.
func keyOf(account string) string { return "AKIA" + account }

// Calls returns the names of the calls that were made, sorted.
func (s *Server) Calls() (names []string) {
	for _, c := range s.Made() {
		names = append(names, c.Name)
	}
	slices.Sort(names)
	return names
}

// Made returns the calls that were made.
func (s *Server) Made() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Fail answers with an error in XML, which every reader of errors takes.
func Fail(w http.ResponseWriter, code string, status int) {
	w.WriteHeader(status)
	_, _ = io.WriteString(w, "<ErrorResponse><Error><Code>"+code+"</Code><Message>because of the test</Message></Error></ErrorResponse>")
}
