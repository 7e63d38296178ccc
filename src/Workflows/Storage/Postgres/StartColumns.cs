namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>The columns of a group of starts: the requests, and beside each what its first burst decided, if that came with it.</summary>
internal static class StartColumns
{
    public static Dictionary<string, Value> Of(IReadOnlyList<PostgresStart.Candidate> group)
    {
        var columns = CommitColumns.Decided([.. group.Select(candidate => candidate.Instance.First)]);
        AddRequests(columns, new Columns<NewInstance>([.. group.Select(candidate => candidate.Instance)]));
        columns["passes"] = new Columns<PostgresStart.Candidate>(group).Bool(candidate => candidate.PassesHalt);
        columns["lease"] = Value.Of(Database.Lease);
        return columns;
    }

    private static void AddRequests(Dictionary<string, Value> columns, Columns<NewInstance> of)
    {
        columns["ids"] = of.Uuid(row => row.Id);
        columns["definition_ids"] = of.Text(row => row.DefinitionId);
        columns["versions"] = of.Int(row => row.DefinitionVersion);
        columns["version_ids"] = of.Text(row => row.DefinitionVersionId);
        columns["business_keys"] = of.Text(row => row.BusinessKey);
        columns["subjects"] = of.Text(row => row.SubjectId);
        columns["parents"] = of.Uuid(row => row.Parent?.InstanceId);
        columns["parent_bookmarks"] = of.Uuid(row => row.Parent?.BookmarkId);
        columns["started_by"] = of.Text(row => row.StartedBy);
        // The start as mail; a first burst has read it already.
        columns["inputs"] = of.Json(row => row.First is null ? Value.Raw(row.StartMail.Payload) : null);
        columns["mail_kinds"] = of.Small(row => (int)row.StartMail.Kind);
        columns["activations"] = of.Small(row => (int)row.Activation);
        columns["start_correlations"] = of.Text(row => row.CorrelationId);
        columns["scopes"] = of.Text(row => row.Key?.Scope);
        columns["keys"] = of.Text(row => row.Key?.Key);
        columns["hashes"] = of.Text(row => row.Key?.RequestHash);
        columns["answer_statuses"] = of.Int(row => row.Answer?.Status);
        columns["answer_bodies"] = of.Text(row => row.Answer?.Body);
        columns["nodes"] = of.Int(row => row.ClaimFor);
        columns["correlations"] = of.Text(row => row.First?.CorrelationId ?? row.CorrelationId);
        columns["keeps"] = of.Bool(row => row.First is { KeepClaim: true });
    }
}
