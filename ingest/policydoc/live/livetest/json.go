package livetest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// answerJSON answers as KMS and Organizations do.
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html
func (s *Server) answerJSON(w http.ResponseWriter, c Call, in map[string]string) {
	type object = map[string]any
	kind := func(id string) string {
		if strings.HasPrefix(id, "p-rcp") {
			return "RESOURCE_CONTROL_POLICY"
		}
		return "SERVICE_CONTROL_POLICY"
	}
	var out any
	switch c.Name {
	case "GetKeyPolicy":
		policy, ok := s.Keys[in["KeyId"]]
		if !ok {
			FailJSON(w, "NotFoundException")
			return
		}
		out = object{"Policy": policy, "PolicyName": "default"}
	case "DescribeOrganization":
		out = object{"Organization": object{"Id": "o-abcde", "MasterAccountId": s.Manager}}
	case "DescribePolicy":
		content, ok := s.Organization[in["PolicyId"]]
		switch {
		case c.Account != s.Manager:
			FailJSON(w, "AccessDeniedException")
			return
		case !ok:
			FailJSON(w, "PolicyNotFoundException")
			return
		}
		out = object{"Policy": object{"Content": content, "PolicySummary": object{"Id": in["PolicyId"], "Type": kind(in["PolicyId"])}}}
	case "ListPoliciesForTarget":
		list := []object{}
		for _, id := range s.AttachedTo[in["TargetId"]] {
			if kind(id) == in["Filter"] {
				list = append(list, object{"Id": id})
			}
		}
		out = object{"Policies": list}
	case "ListParents":
		out = object{"Parents": []object{{"Id": s.Parents[in["ChildId"]], "Type": "ROOT"}}}
	}
	_ = json.NewEncoder(w).Encode(out)
}

// FailJSON answers with an error as KMS and Organizations do.
func FailJSON(w http.ResponseWriter, code string) {
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(map[string]string{"__type": "com.amazonaws.v1#" + code, "Message": "because of the test"})
}
