using System.Globalization;

namespace Relief.Flow.Host.Demo;

/// <summary>Prints the story as it goes: the day, what happened in Chinese and English, how the case stands, what the account holds.</summary>
internal sealed class Tale(ApiCaller caller, TextWriter to)
{
    private string status = "";

    /// <summary>Something happened now.</summary>
    public async Task Tells(string chinese, string english, CancellationToken cancellationToken)
    {
        var now = await caller.Now(cancellationToken);
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm}  {chinese}"));
        await Adds(english, cancellationToken);
    }

    /// <summary>Something happened now; the case's state is told when it has changed.</summary>
    public async Task Says(string caseId, string chinese, string english, CancellationToken cancellationToken)
    {
        await Tells(chinese, english, cancellationToken);
        var view = await caller.Get("cases/" + caseId, cancellationToken);
        if (ApiCaller.Text(view.GetProperty("case"), "status") is var current && current != status)
            await Adds("个案 case → " + (status = current), cancellationToken);
    }

    /// <summary>Something that hangs on what was said before.</summary>
    public Task Adds(string line, CancellationToken cancellationToken) => to.WriteLineAsync(("                  " + line).AsMemory(), cancellationToken);

    /// <summary>Tells what an account such as <c>F4-2026</c> holds, and gives it.</summary>
    public async Task<FundFigures> Funds(string account, CancellationToken cancellationToken)
    {
        var balance = await caller.Get("funds/accounts/" + account, cancellationToken);
        var released = (await caller.List($"funds/accounts/{account}/ledger", cancellationToken))
            .Where(entry => ApiCaller.Text(entry, "kind") == "Release").Sum(entry => Math.Abs(entry.GetProperty("amount").GetDecimal()));
        var figures = new FundFigures(balance.GetProperty("reserved").GetDecimal(), released, balance.GetProperty("spent").GetDecimal(), balance.GetProperty("available").GetDecimal());
        await Adds(string.Create(CultureInfo.InvariantCulture,
            $"{account.Split('-')[0]} 预留 reserved {figures.Reserved:N0} · 释放 released {figures.Released:N0} · 支出 spent {figures.Spent:N0} · 可用 available {figures.Available:N0}"), cancellationToken);
        return figures;
    }

    /// <summary>Tells how it has ended, in words, what it came to and how many of the engine's invariants do not hold, and gives these.</summary>
    public async Task<int> Ends(string words, IReadOnlyDictionary<string, decimal> figures, CancellationToken cancellationToken)
    {
        var violations = (await caller.Get("invariants", cancellationToken)).GetProperty("violations").GetArrayLength();
        await to.WriteLineAsync();
        await to.WriteLineAsync(words + " · " + string.Join(" · ", figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:0.##}"))));
        await to.WriteLineAsync($"不变量 invariant violations {violations}");
        return violations;
    }
}
