namespace Relief.Flow.Activities.Referrals;

/// <summary>What an <see cref="AskedStep{TScene}"/> must know of what it is about.</summary>
public interface IAskedScene
{
    /// <summary>The county by whose calendar and parameters it is due.</summary>
    string CountyCode { get; }

    /// <summary>What tasks call it, after their own title; never a name of a person.</summary>
    string Title { get; }

    /// <summary>The business object that tasks are about, such as <c>charity-list:…</c>.</summary>
    string Subject { get; }
}
