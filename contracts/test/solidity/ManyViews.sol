// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Asks a contract many questions in one call; a refusal is an answer as well.
contract ManyViews {
    struct Answer {
        bool given;
        bytes words;
    }

    function ask(address target, bytes[] calldata questions) external view returns (Answer[] memory answers) {
        answers = new Answer[](questions.length);
        for (uint256 i = 0; i < questions.length; ++i) {
            (answers[i].given, answers[i].words) = target.staticcall(questions[i]);
        }
    }
}
