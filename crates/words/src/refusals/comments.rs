//! Why nothing was done with a comment.

use domain::comments::CommentRefusal;

use crate::Words;

impl Words {
    /// Why nothing was done with a comment.
    #[must_use]
    pub fn comment_refusal(&self, refusal: CommentRefusal) -> &'static str {
        match refusal {
            CommentRefusal::Elsewhere => self.refusal_comment_elsewhere(),
            CommentRefusal::NotAuthor => self.refusal_comment_not_author(),
            CommentRefusal::Hidden => self.refusal_comment_hidden(),
            CommentRefusal::KeptHidden => self.refusal_comment_kept_hidden(),
        }
    }
}
