using Microsoft.AspNetCore.Http.HttpResults;

namespace Relief.Flow.Host.Answers;

/// <summary>Collects what is wrong with a request, so that all of it is told at once.</summary>
internal sealed class Fields
{
    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public Fields Check(string field, bool isRight, string message) => isRight ? this : Add(field, message);

    public Fields Add(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
            _errors[field] = messages = [];
        messages.Add(message);
        return this;
    }

    /// <summary>422 with every field; null when nothing is wrong.</summary>
    public ProblemHttpResult? Refused => RefusedAs("request.invalid");

    public ProblemHttpResult? RefusedAs(string code) => _errors.Count == 0
        ? null
        : Refusal.Fields(code, "Some fields are missing or wrong.", _errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
}
