package livetest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// New starts a server, and makes it the one of the environment.
func New(t *testing.T) *Server {
	s := Start(t)
	for name, value := range s.Environment() {
		t.Setenv(name, value)
	}
	return s
}

// Start starts a server.
func Start(t testing.TB) *Server {
	s := &Server{Manager: "999988887777"}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	c := Call{Parameters: string(body)}
	// Credential=AKIA111122223333/20261028/us-east-1/iam/aws4_request
	_, scope, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	parts := strings.Split(scope, "/")
	if len(parts) < 5 {
		Fail(w, "MissingAuthenticationToken", http.StatusForbidden)
		return
	}
	c.Account, c.Region = strings.TrimPrefix(parts[0], "AKIA"), parts[2]
	service, target := parts[3], r.Header.Get("X-Amz-Target")
	var form url.Values
	switch {
	case target != "":
		_, c.Name, _ = strings.Cut(target, ".")
	case service == "s3":
		c.Name, c.Parameters = nameOfREST(r), r.URL.Path
	default:
		form, _ = url.ParseQuery(string(body))
		c.Name = form.Get("Action")
	}
	s.mu.Lock()
	s.calls = append(s.calls, c)
	s.mu.Unlock()
	if s.Before != nil && s.Before(w, c.Name) {
		return
	}
	switch {
	case target != "":
		in := map[string]string{}
		_ = json.Unmarshal(body, &in)
		s.answerJSON(w, c, in)
	case service == "s3":
		s.answerREST(w, r, c)
	default:
		s.answerQuery(w, c, form)
	}
}
