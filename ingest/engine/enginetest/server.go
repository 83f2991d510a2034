// Package enginetest stands for a query engine in tests.
//
//  1. server.go speaks Trino's HTTP protocol, and athena.go the API of Athena. unload.go
//     writes answers for it.
//  2. scan.go answers the program's queries, by reading objects with encoding/json.
//  3. trino.go starts the real Trino, and table.go makes a table for it.
package enginetest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Server speaks Trino's protocol.
type Server struct {
	*httptest.Server
	// Answer returns the rows of a query, and why it fails, such as "TABLE_NOT_FOUND".
	Answer func(sql string) (rows [][]string, failure string)
	// Before is called before each request, if it is not nil, and may answer in its place.
	Before func(w http.ResponseWriter, r *http.Request) (done bool)
	// PerPage is how many rows a page has.
	PerPage int

	mu       sync.Mutex
	results  [][][]string
	queries  []string
	canceled int
}

// NewServer starts a server.
func NewServer(t testing.TB, answer func(sql string) ([][]string, string)) *Server {
	s := &Server{Answer: answer, PerPage: 100}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// Queries returns the queries so far.
func (s *Server) Queries() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.queries...)
}

// Canceled returns how many queries were canceled.
func (s *Server) Canceled() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.canceled
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.Before != nil && s.Before(w, r) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.Method == http.MethodPost && r.URL.Path == "/v1/statement":
		sql, _ := io.ReadAll(r.Body)
		s.queries = append(s.queries, string(sql))
		rows, failure := s.Answer(string(sql))
		if failure != "" {
			reply(w, map[string]any{"id": "q", "error": map[string]any{
				"errorName": failure, "errorType": typeOf(failure), "message": "it failed",
			}})
			return
		}
		s.results = append(s.results, rows)
		reply(w, map[string]any{"id": "q", "nextUri": s.page(len(s.results)-1, 0)})
	case r.Method == http.MethodDelete:
		s.canceled++
		w.WriteHeader(http.StatusNoContent)
	case r.Method == http.MethodGet:
		s.get(w, r.URL.Path)
	}
}

// typeOf returns the type of an error.
func typeOf(name string) string {
	switch {
	case strings.HasPrefix(name, "EXCEEDED_"):
		return "INSUFFICIENT_RESOURCES"
	case strings.Contains(name, "INTERNAL"):
		return "INTERNAL_ERROR"
	}
	return "USER_ERROR"
}

// get answers with a page: /page/QUERY/FIRST-ROW.
func (s *Server) get(w http.ResponseWriter, path string) {
	parts := strings.Split(path, "/")
	query, _ := strconv.Atoi(parts[2])
	first, _ := strconv.Atoi(parts[3])
	rows := s.results[query]
	end := min(first+s.PerPage, len(rows))
	answer := map[string]any{"id": "q", "data": nulls(rows[first:end])}
	if end < len(rows) {
		answer["nextUri"] = s.page(query, end)
	}
	reply(w, answer)
}

func (s *Server) page(query, first int) string {
	return fmt.Sprintf("%s/page/%d/%d", s.URL, query, first)
}

// nulls makes NULL of empty texts.
func nulls(rows [][]string) [][]*string {
	all := make([][]*string, len(rows))
	for i, row := range rows {
		all[i] = make([]*string, len(row))
		for j := range row {
			if row[j] != "" {
				all[i][j] = &row[j]
			}
		}
	}
	return all
}

func reply(w http.ResponseWriter, answer any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // The client may have left.
}
